import { isTaskKind, type TaskKind } from './registry.ts';

/**
 * The name of a kind that this build does not have: a kind of another version, or a removed one. At run time it is any
 * such name. This literal stands for all of them: a comparison with a known kind excludes it, but would not exclude
 * `string`.
 */
export type UnknownKind = '(a kind that this build does not have)';

/** A kind of this build, or any other. */
export type AnyKind = TaskKind | UnknownKind;

/** Whether a string names no kind of this build. */
export function isUnknownKind(kind: string): kind is UnknownKind {
  return !isTaskKind(kind);
}

/** Whether this build has the kind of a task or state, and so the types of its input and output. */
export function hasKnownKind<Item extends { kind: AnyKind }>(item: Item): item is Exclude<Item, { kind: UnknownKind }> {
  return isTaskKind(item.kind);
}

import { isTaskKind, type TaskKind } from './registry.ts';

/**
 * The name of a kind that this build does not have: one of another version, or one that is gone. At run time it is any such
 * name. This literal stands for all of them, because a comparison with a known name excludes it, as it would not `string`.
 */
export type UnknownKind = '(a kind that this build does not have)';

/** A kind of this build, or any other. */
export type AnyKind = TaskKind | UnknownKind;

/** Says whether a string is the name of no kind of this build. */
export function isUnknownKind(kind: string): kind is UnknownKind {
  return !isTaskKind(kind);
}

/** Says whether this build has the kind of a task or a state, and so the types of its input and output. */
export function hasKnownKind<Item extends { kind: AnyKind }>(item: Item): item is Exclude<Item, { kind: UnknownKind }> {
  return isTaskKind(item.kind);
}

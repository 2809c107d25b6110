import type { AnyTaskDefinition } from './definition-types.ts';

/** The name of a kind with the types of its definition, and without its schemas. */
export interface TypedKind<Definition extends AnyTaskDefinition> {
  readonly kind: Definition['kind'];
  /** Carries the types. It is never set. */
  readonly '~definition'?: Definition;
}

/** Names a kind of task in types: its definition, or its name from `taskKind`. */
export type TaskReference = AnyTaskDefinition | TypedKind<AnyTaskDefinition>;

/** The kinds that a watcher names: one, a list, or none. */
export type TaskSelection = TaskReference | readonly TaskReference[] | undefined;

/** The definition that a reference names. */
export type DefinitionOf<Reference extends TaskReference> = Reference extends AnyTaskDefinition
  ? Reference
  : Reference extends TypedKind<infer Definition>
    ? Definition
    : never;

/** The definitions that a selection names; any definition for none. */
export type DefinitionsOf<Selection extends TaskSelection> = Selection extends readonly (infer Each)[]
  ? Each extends TaskReference
    ? DefinitionOf<Each>
    : never
  : Selection extends TaskReference
    ? DefinitionOf<Selection>
    : AnyTaskDefinition;

/**
 * Names a kind with the types of its definition, which is imported by `import type`: no schema reaches the browser.
 * Without schemas a client does not check what the server sends; the server has checked it.
 * @example taskKind<typeof resizeImage>('image.resize')
 */
export function taskKind<Definition extends AnyTaskDefinition>(kind: Definition['kind']): TypedKind<Definition> {
  return { kind };
}

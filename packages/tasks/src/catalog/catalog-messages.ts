import type { AnyTaskDefinition } from '../definition/definition-types.ts';
import type { TaskMessage, TaskState, UnknownTaskState } from '../reading/messages.ts';

/** State of a task of a catalog, or of a kind that the catalog does not have. */
export type CatalogState<Definition extends AnyTaskDefinition> = TaskState<Definition> | UnknownTaskState;

/** Message of a task of a catalog, or of a kind that the catalog does not have. */
export type CatalogMessage<Definition extends AnyTaskDefinition> = TaskMessage<Definition, CatalogState<Definition>>;

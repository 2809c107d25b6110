import type {
  DefinitionsOf,
  TaskMessage,
  TaskReference,
  TaskSelection,
  TaskState,
  TypedTaskEvent,
  UnknownTaskState,
} from '@taskwire/tasks';
import type { Task, UnknownTask } from './task.ts';

// The types that a selection gives. One kind gives its own types. A list gives a union by `kind`, with the unknown kinds.
// No selection gives `unknown` outputs.

/** The task that a selection gives. */
export type SelectedTask<Selection extends TaskSelection> = Selection extends readonly TaskReference[]
  ? Task<DefinitionsOf<Selection>> | UnknownTask
  : Task<DefinitionsOf<Selection>>;

/** The live state that a selection gives. */
export type SelectedState<Selection extends TaskSelection> = Selection extends readonly TaskReference[]
  ? TaskState<DefinitionsOf<Selection>> | UnknownTaskState
  : TaskState<DefinitionsOf<Selection>>;

/** The messages of a watch that a selection gives. */
export type SelectedMessage<Selection extends TaskSelection> = TaskMessage<
  DefinitionsOf<Selection>,
  SelectedState<Selection>
>;

/** The events of a history that a selection gives. */
export type SelectedEvent<Selection extends TaskSelection> = TypedTaskEvent<DefinitionsOf<Selection>>;

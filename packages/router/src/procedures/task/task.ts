import type { TaskFailure, TaskStatus } from '@taskwire/protocol';
import type { AnyTaskDefinition, ParsedTaskInput, TaskOutput, UnknownKind } from '@taskwire/tasks';

/** The fields of tasks of every kind. Times are milliseconds since 1970. */
interface TaskFacts {
  taskId: string;
  projectId: string;
  priority: number;
  /** The ended task that this one repeats. */
  retryOf?: string;
  /** Reason for which `task.retry` refuses the task even after its end, in words for its owner. Only from `task.get`. */
  retryRefusal?: string;
  /** Longest run time (ms); if absent, the limit of the kind. */
  timeoutMs?: number;
  /** As stored. At a step of a task, its log has the new status first: `task.onProgress` and `task.poll` are never behind. */
  status: TaskStatus;
  attempt: number;
  /** 0–100. For a running task, as of its last finished stage; `task.onProgress` has the live value. */
  percent: number;
  error?: TaskFailure;
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
}

/** A task as its owner sees it; over several definitions, a union by `kind`. */
export type Task<Definition extends AnyTaskDefinition = AnyTaskDefinition> = Definition extends AnyTaskDefinition
  ? TaskFacts & {
      kind: Definition['kind'];
      /** If `inputReadable` is false, the stored input, which does not fit the kind's schema. */
      input: ParsedTaskInput<Definition>;
      inputReadable?: false;
      output?: TaskOutput<Definition>;
      /** The stored output, if it does not fit the kind's schema. `output` is absent then. */
      unreadableOutput?: unknown;
    }
  : never;

/** A task of a kind that the server does not have, with its stored input and output. */
export interface UnknownTask extends TaskFacts {
  kind: UnknownKind;
  kindKnown: false;
  input?: unknown;
  output?: unknown;
}

/** A task of a server's kinds, or of a kind that the server does not have. */
export type CatalogTask<Definition extends AnyTaskDefinition = AnyTaskDefinition> = Task<Definition> | UnknownTask;

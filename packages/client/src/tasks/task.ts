import type { TaskFailure, TaskStatus } from '@taskwire/protocol';
import type { AnyTaskDefinition, ParsedTaskInput, TaskOutput, UnknownKind } from '@taskwire/tasks';

/** The fields of tasks of every kind. Times are milliseconds since 1970. */
export interface TaskFacts {
  taskId: string;
  projectId: string;
  priority: number;
  /** The ended task that this one repeats. */
  retryOf?: string;
  /** Reason for which a retry is refused even after the task's end, in words for its owner. Only from `get`. */
  retryRefusal?: string;
  /** Longest run time (ms); if absent, the limit of the kind. */
  timeoutMs?: number;
  status: TaskStatus;
  attempt: number;
  /** 0–100. For a running task, as of its last finished stage; a watch has the live value. */
  percent: number;
  error?: TaskFailure;
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
  /** False if the server does not have the task's kind. */
  kindKnown?: false;
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

/** A task of a kind that the program does not have, with its stored input and output. */
export interface UnknownTask extends TaskFacts {
  kind: UnknownKind;
  kindKnown: false;
  input?: unknown;
  output?: unknown;
}

/** A task as the server sends it, before its values are checked. */
export interface SentTask extends TaskFacts {
  kind: string;
  input?: unknown;
  inputReadable?: false;
  output?: unknown;
  unreadableOutput?: unknown;
}

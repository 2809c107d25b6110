import type { TaskFailure, TaskStatus } from '@taskwire/protocol';
import type { AnyKind, ParsedTaskInput, TaskKind, TaskOutput, UnknownKind } from '@taskwire/tasks';

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
  status: TaskStatus;
  attempt: number;
  /** 0–100. For a running task, as of its last finished stage; `task.onProgress` has the live value. */
  percent: number;
  error?: TaskFailure;
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
}

/** A task of a kind of this build. */
type KnownTask<Kind extends TaskKind> = TaskFacts & {
  kind: Kind;
  /** If `inputReadable` is false, the stored input, which does not fit the kind's schema. */
  input: ParsedTaskInput<Kind>;
  inputReadable?: false;
  output?: TaskOutput<Kind>;
  /** The stored output, if it does not fit the kind's schema. `output` is absent then. */
  unreadableOutput?: unknown;
};

/** A task of a kind that this build does not have, with its stored input and output. */
export interface UnknownTask extends TaskFacts {
  kind: UnknownKind;
  kindKnown: false;
  input?: unknown;
  output?: unknown;
}

/** A task as its owner sees it; over several kinds, a union discriminated by `kind`. */
export type Task<Kind extends AnyKind = AnyKind> = {
  [Each in Kind]: Each extends TaskKind ? KnownTask<Each> : UnknownTask;
}[Kind];

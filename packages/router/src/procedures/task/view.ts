import type { TaskFailure, TaskStatus } from '@taskwire/protocol';
import {
  isUnknownKind,
  taskOutcomeSchema,
  taskRecordSchema,
  type AnyKind,
  type ParsedTaskInput,
  type TaskKind,
  type TaskOutput,
  type UnknownKind,
} from '@taskwire/tasks';
import * as z from 'zod';
import type { StoredTask } from '../../ports/task-store.ts';

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

/** A stored task as its owner sees it, with its kind's types if it fits. Never throws: no row breaks a list. */
export function toTask(stored: StoredTask): Task {
  const { ownerId: _ownerId, kind, input, output, ...facts } = stored;
  const result = output === undefined ? {} : { output };
  if (isUnknownKind(kind)) return { ...facts, kind, kindKnown: false, input, ...result };
  const record = taskRecordSchema.safeParse({ kind, input, ...result });
  if (record.success && isJson(record.data)) return { ...facts, ...record.data };
  const unreadable = output === undefined ? {} : { unreadableOutput: output };
  const fitting = taskRecordSchema.safeParse({ kind, input });
  if (fitting.success && isJson(fitting.data)) return { ...facts, ...fitting.data, ...unreadable };
  const outcome = taskOutcomeSchema.safeParse({ kind, ...result });
  const known = outcome.success && isJson(outcome.data) ? outcome.data : { kind, ...unreadable };
  return marked({ ...facts, ...known, input, inputReadable: false });
}

/** A task whose input is not of its kind's type: the mark says so, which the compiler does not see. */
function marked(task: TaskFacts & { kind: string; input: unknown; inputReadable: false }): Task {
  return z.custom<Task>().parse(task);
}

/** A schema may turn a stored value into one that no JSON holds, such as a BigInt. */
function isJson(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

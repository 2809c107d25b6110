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
import type { StoredTask } from './ports/task-store.ts';

/** What every task shows, whatever its kind. Times are milliseconds since 1970. */
interface TaskFacts {
  taskId: string;
  projectId: string;
  priority: number;
  /** The ended task that this one does again. */
  retryOf?: string;
  /** Why `task.retry` refuses it even after its end, in words for its owner: its file is gone, say. Only `task.get` tells. */
  retryRefusal?: string;
  /** How long (ms) it may run; the kind's own limit if absent. */
  timeoutMs?: number;
  status: TaskStatus;
  attempt: number;
  /** 0–100. Of a running task: as of its last finished stage; `task.onProgress` has it live. */
  percent: number;
  error?: TaskFailure;
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
}

/** A task of a kind of this build. */
type KnownTask<Kind extends TaskKind> = TaskFacts & {
  kind: Kind;
  /** Of this type unless `inputReadable` is false: then it is as it is stored, and does not fit the kind's schema (any more). */
  input: ParsedTaskInput<Kind>;
  inputReadable?: false;
  output?: TaskOutput<Kind>;
  /** The output as it is stored, where it does not fit the kind's schema: then `output` is absent. */
  unreadableOutput?: unknown;
};

/** A task of a kind that this build does not have: its input and output are as they are stored. */
export interface UnknownTask extends TaskFacts {
  kind: UnknownKind;
  kindKnown: false;
  input?: unknown;
  output?: unknown;
}

/** A task as its owner sees it; over several kinds, a union told apart by `kind`. */
export type Task<Kind extends AnyKind = AnyKind> = {
  [Each in Kind]: Each extends TaskKind ? KnownTask<Each> : UnknownTask;
}[Kind];

/** Returns a stored task as its owner sees it, with its kind's types if it fits. Never throws: no row breaks a list. */
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

/** A schema may make something of a stored value that no answer can hold: a BigInt, say. */
function isJson(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

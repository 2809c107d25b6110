import type { TaskFailure, TaskStatus } from '@taskwire/protocol';
import { taskRecordSchema, type ParsedTaskInput, type TaskKind, type TaskOutput } from '@taskwire/tasks';
import type { StoredTask } from './ports/task-store.ts';

/** What every task shows, whatever its kind. Times are milliseconds since 1970. */
interface TaskFacts {
  taskId: string;
  projectId: string;
  priority: number;
  /** The ended task that this one does again. */
  retryOf?: string;
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

/** A task as its owner sees it; over several kinds, a union told apart by `kind`. */
export type Task<Kind extends TaskKind = TaskKind> = {
  [Each in Kind]: TaskFacts & { kind: Each; input: ParsedTaskInput<Each>; output?: TaskOutput<Each> };
}[Kind];

/**
 * What the owner sees of a stored task, with its kind's types.
 * @throws ZodError if this build has no such kind, or the row does not fit the kind's schemas.
 */
export function toTask(stored: StoredTask): Task {
  const { ownerId: _ownerId, kind, input, output, ...facts } = stored;
  const record = taskRecordSchema.parse(output === undefined ? { kind, input } : { kind, input, output });
  return { ...facts, ...record };
}

import type { TaskKind } from '@taskwire/tasks';

/** Hands tasks to workers. */
export interface TaskQueue {
  /** Enqueues a task; a task that is enqueued already stays as it is. */
  enqueue(task: { taskId: string; kind: TaskKind; priority: number }): Promise<void>;
  /** Takes a waiting task out. False if there is none: a worker has it, or it has ended. */
  removeWaiting(taskId: string): Promise<boolean>;
}

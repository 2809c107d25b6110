/** Hands tasks to workers. */
export interface TaskQueue {
  /** Enqueues a task; a task that is enqueued already stays as it is. */
  enqueue(task: { taskId: string; kind: string; priority: number }): Promise<void>;
  /** Makes sure that no worker will take the task; repeated, it says the same. False if one has it already. */
  removeWaiting(taskId: string): Promise<boolean>;
}

import type { Task } from './task.ts';

/** A task whose input does not fit its kind. `inputReadable: false` says so to readers; the compiler cannot see it. */
export function unreadableTask(task: { kind: string; input: unknown; inputReadable: false }): Task {
  return task as Task;
}

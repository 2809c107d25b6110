import * as z from 'zod';

/** Every state that a task can be in, in the order of an ordinary life. */
export const TASK_STATUSES = ['queued', 'running', 'retrying', 'canceling', 'done', 'error', 'canceled'] as const;

export const taskStatusSchema = z.enum(TASK_STATUSES);
export type TaskStatus = z.infer<typeof taskStatusSchema>;

/** The states that a task never leaves; the event that leads there is the last of its log (MUST 7). */
export const TERMINAL_STATUSES = ['done', 'error', 'canceled'] as const satisfies readonly TaskStatus[];
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number];

/** Says whether a task in this state has ended for good. */
export function isTerminalStatus(status: TaskStatus): status is TerminalStatus {
  return TERMINAL_STATUSES.some((terminal) => terminal === status);
}

import * as z from 'zod';
import { etaSchema, logLevelSchema, stageStatusSchema, taskFailureSchema, waitSchema } from '../events/event.ts';
import { taskStatusSchema } from './task-status.ts';

export const stageStateSchema = z.object({
  name: z.string(),
  weight: z.number().positive(),
  status: stageStatusSchema,
  current: z.number().nonnegative(),
  total: z.number().nonnegative(),
  itemName: z.exactOptional(z.string()),
  message: z.exactOptional(z.string()),
  /** All tokens of the stage so far; absent while there is none. */
  text: z.exactOptional(z.string()),
});
export type StageState = z.infer<typeof stageStateSchema>;

export const logLineSchema = z.object({ at: z.int(), level: logLevelSchema, message: z.string() });
export type LogLine = z.infer<typeof logLineSchema>;

/** How many of the latest log lines a state keeps; the log itself keeps them all. */
export const STATE_LOG_LINES = 20;

/** What folding all events of a task up to some seq gives (MUST 2). Times are milliseconds since 1970. */
export const taskStateSchema = z.object({
  taskId: z.string(),
  projectId: z.string(),
  kind: z.string(),
  status: taskStatusSchema,
  attempt: z.int().nonnegative(),
  priority: z.int(),
  percent: z.number().min(0).max(100),
  stages: z.array(stageStateSchema),
  logs: z.array(logLineSchema),
  workerId: z.exactOptional(z.string()),
  eta: z.exactOptional(etaSchema),
  /** Why the last attempt failed (while retrying) or the task did (once it has ended in `error`). */
  error: z.exactOptional(taskFailureSchema),
  /** Milliseconds from `updatedAt` until the next attempt, while retrying. */
  retryDelayMs: z.exactOptional(z.number()),
  /** Worker that the task waits for, until it is started. */
  waiting: z.exactOptional(waitSchema),
  canceledReason: z.exactOptional(z.string()),
  output: z.exactOptional(z.unknown()),
  /** The output as it is stored, where it does not fit the kind's schema: then `output` is absent. Not part of the fold. */
  unreadableOutput: z.exactOptional(z.unknown()),
  queuedAt: z.exactOptional(z.int()),
  startedAt: z.exactOptional(z.int()),
  updatedAt: z.exactOptional(z.int()),
  endedAt: z.exactOptional(z.int()),
  /** Present if some of it was stored in a form that could not be read: that part is missing, or as it was at first. */
  incomplete: z.exactOptional(z.literal(true)),
});
export type TaskState = z.infer<typeof taskStateSchema>;

/** The state before the first event: what is known from the task's row alone. */
export function initialTaskState(task: { taskId: string; projectId: string; kind: string }): TaskState {
  const { taskId, projectId, kind } = task;
  return { taskId, projectId, kind, status: 'queued', attempt: 0, priority: 0, percent: 0, stages: [], logs: [] };
}

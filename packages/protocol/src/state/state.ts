import { etaSchema, logLevelSchema, stageStatusSchema, taskFailureSchema, waitSchema } from '../events/event.ts';
import {
  anything,
  listOf,
  literal,
  number,
  object,
  oneOf,
  optional,
  recordOf,
  text,
  wholeNumber,
  type SchemaValue,
} from '../schemas/index.ts';

/** All states of a task, in their usual order. */
export const TASK_STATUSES = ['queued', 'running', 'retrying', 'canceling', 'done', 'error', 'canceled'] as const;

export const taskStatusSchema = oneOf(TASK_STATUSES);
export type TaskStatus = SchemaValue<typeof taskStatusSchema>;

/** States that a task never leaves. The event that leads there is the last of its log (MUST 7). */
export const TERMINAL_STATUSES = ['done', 'error', 'canceled'] as const satisfies readonly TaskStatus[];
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number];

/** Whether a task in this state has ended for good. */
export function isTerminalStatus(status: TaskStatus): status is TerminalStatus {
  return TERMINAL_STATUSES.some((terminal) => terminal === status);
}

export const stageStateSchema = object({
  name: text(),
  weight: number({ above: 0 }),
  status: stageStatusSchema,
  current: number({ min: 0 }),
  total: number({ min: 0 }),
  itemName: optional(text()),
  message: optional(text()),
  /** All tokens of the stage so far; absent while there is none. */
  text: optional(text()),
});
export type StageState = SchemaValue<typeof stageStateSchema>;

export const logLineSchema = object({ at: wholeNumber(), level: logLevelSchema, message: text() });
export type LogLine = SchemaValue<typeof logLineSchema>;

/** Number of latest log lines that a state keeps; the log keeps them all. */
export const STATE_LOG_LINES = 20;

/** State of a task at a seq: the fold of all events up to it (MUST 2). Times are milliseconds since 1970. */
export const taskStateSchema = object({
  taskId: text(),
  projectId: text(),
  kind: text(),
  status: taskStatusSchema,
  attempt: wholeNumber({ min: 0 }),
  priority: wholeNumber(),
  percent: number({ min: 0, max: 100 }),
  stages: listOf(stageStateSchema),
  logs: listOf(logLineSchema),
  /** By channel that has had a value: the last value (`latest`), or an array of the last `keep` values (`list`). */
  channels: optional(recordOf(anything)),
  /** By `list` channel: length of the whole list. A channel without an entry is `latest`. */
  channelCounts: optional(recordOf(wholeNumber({ min: 0 }))),
  /** Channels of which a stored value does not fit the kind's schema; the value is absent. Not part of the fold. */
  unreadableChannels: optional(listOf(text())),
  workerId: optional(text()),
  eta: optional(etaSchema),
  /** Failure of the last attempt (while retrying), or of the task (once it has ended in `error`). */
  error: optional(taskFailureSchema),
  /** Milliseconds from `updatedAt` until the next attempt, while retrying. */
  retryDelayMs: optional(number()),
  /** Worker that the task waits for, until the task is started. */
  waiting: optional(waitSchema),
  canceledReason: optional(text()),
  output: optional(anything),
  /** Stored output that does not fit the kind's schema; `output` is absent then. Not part of the fold. */
  unreadableOutput: optional(anything),
  queuedAt: optional(wholeNumber()),
  startedAt: optional(wholeNumber()),
  updatedAt: optional(wholeNumber()),
  endedAt: optional(wholeNumber()),
  /** Present if a stored part could not be read. That part is missing, or has its initial value. */
  incomplete: optional(literal(true)),
});
export type TaskState = SchemaValue<typeof taskStateSchema>;

/** The state before the first event, as the task's row gives it. */
export function initialTaskState(task: { taskId: string; projectId: string; kind: string }): TaskState {
  const { taskId, projectId, kind } = task;
  return { taskId, projectId, kind, status: 'queued', attempt: 0, priority: 0, percent: 0, stages: [], logs: [] };
}

/** The done share of a stage, 0–1. A stage without a total counts as not begun. */
function stageFraction(stage: StageState): number {
  if (stage.status === 'done' || stage.status === 'skipped') return 1;
  if (stage.total <= 0) return 0;
  return Math.min(1, stage.current / stage.total);
}

/**
 * Percent of the whole task, 0–100, rounded down to two decimals: the weights of the finished stages plus the
 * running one's share.
 */
export function percentOf(stages: readonly StageState[]): number {
  const whole = stages.reduce((sum, stage) => sum + stage.weight, 0);
  if (whole === 0) return 0;
  const done = stages.reduce((sum, stage) => sum + stage.weight * stageFraction(stage), 0);
  return Math.floor((done / whole) * 10_000 + 1e-6) / 100;
}

import { dataEventSchema } from './data-event.ts';
import { base, fromSeq } from './event-base.ts';
import {
  anything,
  listOf,
  literal,
  number,
  object,
  oneOf,
  optional,
  text,
  variants,
  wholeNumber,
  type SchemaValue,
} from '../schemas/index.ts';

/** A stage as it is planned. Percent is computed from the weights. */
export const stagePlanSchema = object({ name: text({ min: 1 }), weight: number({ above: 0 }) });
export type StagePlan = SchemaValue<typeof stagePlanSchema>;

/** The plans of stages, without their other fields. */
export function stagePlansOf(stages: readonly StagePlan[]): StagePlan[] {
  return stages.map(({ name, weight }) => ({ name, weight }));
}

export const STAGE_STATUSES = ['pending', 'running', 'done', 'skipped', 'failed'] as const;
export const stageStatusSchema = oneOf(STAGE_STATUSES);
export type StageStatus = SchemaValue<typeof stageStatusSchema>;

/** Levels of log lines, the least important first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export const logLevelSchema = oneOf(LOG_LEVELS);
export type LogLevel = SchemaValue<typeof logLevelSchema>;

/** Failure of a task, in words that its owner may read. */
export const taskFailureSchema = object({ code: text({ pattern: /^[A-Z][A-Z0-9_]*$/ }), message: text() });
export type TaskFailure = SchemaValue<typeof taskFailureSchema>;

/** The time left, in milliseconds from the event's `at`, with the bounds of an 80 % band. */
export const etaSchema = object({ ms: number(), lowMs: number(), highMs: number() });
export type Eta = SchemaValue<typeof etaSchema>;

/** Worker that a task waits for: one that knows the `kind` or takes the `input`. Later versions may add reasons. */
export const waitSchema = object({ reason: text(), kind: text() });

export const queuedEventSchema = object({
  ...base,
  type: literal('queued'),
  kind: text(),
  priority: wholeNumber(),
  stages: listOf(stagePlanSchema),
});
export const startedEventSchema = object({ ...base, type: literal('started'), workerId: text() });
export const stageEventSchema = object({
  ...base,
  type: literal('stage'),
  stage: text(),
  status: oneOf(['running', 'done', 'skipped', 'failed']),
  weight: number({ above: 0 }),
  message: optional(text()),
});
export const progressEventSchema = object({
  ...base,
  fromSeq,
  type: literal('progress'),
  stage: text(),
  current: number({ min: 0 }),
  total: number({ min: 0 }),
  /** Of the whole task, 0–100; never less than in an earlier event (MUST 8). */
  percent: number({ min: 0, max: 100 }),
  itemName: optional(text()),
  message: optional(text()),
  eta: optional(etaSchema),
});
export const tokenEventSchema = object({
  ...base,
  fromSeq,
  type: literal('token'),
  stage: text(),
  text: text(),
  /** Offset of `text` in the stage's whole text, in UTF-16 units. */
  offset: wholeNumber({ min: 0 }),
});
export const logEventSchema = object({
  ...base,
  type: literal('log'),
  stage: optional(text()),
  level: logLevelSchema,
  message: text(),
  /** Worker that the line names as missing. */
  waiting: optional(waitSchema),
});
export const retryingEventSchema = object({
  ...base,
  type: literal('retrying'),
  delayMs: number({ min: 0 }),
  error: taskFailureSchema,
});
export const cancelingEventSchema = object({ ...base, type: literal('canceling'), requestedBy: text() });
export const doneEventSchema = object({
  ...base,
  type: literal('done'),
  output: anything,
  durationMs: number({ min: 0 }),
});
export const errorEventSchema = object({ ...base, type: literal('error'), ...taskFailureSchema.shape });
export const canceledEventSchema = object({
  ...base,
  type: literal('canceled'),
  reason: optional(text()),
});

/**
 * Stands in the place of an entry that a reader cannot read. No log holds it: the reader makes it from the parts that it
 * can recover. `taskId` and `projectId` are empty, and `seq` is 0, only if a topic's entry names no task.
 */
export const unreadableEventSchema = object({
  taskId: text(),
  projectId: text(),
  seq: wholeNumber({ min: 0 }),
  fromSeq,
  type: literal('unreadable'),
  /** Type that the entry names: a type of a later version, or a known type with a body that does not fit. */
  originalType: optional(text()),
  stage: optional(text()),
  attempt: optional(base.attempt),
  at: optional(base.at),
  /** Output of a `done` event. */
  output: optional(anything),
});
export type UnreadableEvent = SchemaValue<typeof unreadableEventSchema>;

/** One fact about a task, appended to its log and never changed. */
export const taskEventSchema = variants({
  queued: queuedEventSchema,
  started: startedEventSchema,
  stage: stageEventSchema,
  progress: progressEventSchema,
  token: tokenEventSchema,
  log: logEventSchema,
  data: dataEventSchema,
  retrying: retryingEventSchema,
  canceling: cancelingEventSchema,
  done: doneEventSchema,
  error: errorEventSchema,
  canceled: canceledEventSchema,
  unreadable: unreadableEventSchema,
});
export type TaskEvent = SchemaValue<typeof taskEventSchema>;
export type TaskEventType = TaskEvent['type'];
/** The types of all events, in the order of PROTOCOL.md. */
export const TASK_EVENT_TYPES = [
  'queued',
  'started',
  'stage',
  'progress',
  'token',
  'log',
  'data',
  'retrying',
  'canceling',
  'done',
  'error',
  'canceled',
  'unreadable',
] as const satisfies readonly TaskEventType[];

export type TaskEventOf<Type extends TaskEventType> = Extract<TaskEvent, { type: Type }>;

/** Fields that a writer gives. The log adds `seq` and `attempt`; the writer's handle adds the ids and `at`. */
type Draft<Event> = Event extends TaskEvent ? Omit<Event, keyof typeof base | 'fromSeq'> : never;
export type TaskEventDraft = Draft<Exclude<TaskEvent, UnreadableEvent>>;

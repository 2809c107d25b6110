import * as z from 'zod';
import { dataEventSchema } from './data-event.ts';
import { base, fromSeq } from './event-base.ts';

/** A stage as it is planned. Percent is computed from the weights. */
export const stagePlanSchema = z.object({ name: z.string().min(1), weight: z.number().positive() });
export type StagePlan = z.infer<typeof stagePlanSchema>;

/** The plans of stages, without their other fields. */
export function stagePlansOf(stages: readonly StagePlan[]): StagePlan[] {
  return stages.map(({ name, weight }) => ({ name, weight }));
}

export const STAGE_STATUSES = ['pending', 'running', 'done', 'skipped', 'failed'] as const;
export const stageStatusSchema = z.enum(STAGE_STATUSES);
export type StageStatus = z.infer<typeof stageStatusSchema>;

export const logLevelSchema = z.enum(['debug', 'info', 'warn', 'error']);
export type LogLevel = z.infer<typeof logLevelSchema>;

/** Failure of a task, in words that its owner may read. */
export const taskFailureSchema = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]*$/), message: z.string() });
export type TaskFailure = z.infer<typeof taskFailureSchema>;

/** The time left, in milliseconds from the event's `at`, with the bounds of an 80 % band. */
export const etaSchema = z.object({ ms: z.number(), lowMs: z.number(), highMs: z.number() });
export type Eta = z.infer<typeof etaSchema>;

/** Worker that a task waits for: one that knows the `kind` or takes the `input`. Later versions may add reasons. */
export const waitSchema = z.object({ reason: z.string(), kind: z.string() });

export const queuedEventSchema = z.object({
  ...base,
  type: z.literal('queued'),
  kind: z.string(),
  priority: z.int(),
  stages: z.array(stagePlanSchema),
});
export const startedEventSchema = z.object({ ...base, type: z.literal('started'), workerId: z.string() });
export const stageEventSchema = z.object({
  ...base,
  type: z.literal('stage'),
  stage: z.string(),
  status: stageStatusSchema.exclude(['pending']),
  weight: z.number().positive(),
  message: z.exactOptional(z.string()),
});
export const progressEventSchema = z.object({
  ...base,
  fromSeq,
  type: z.literal('progress'),
  stage: z.string(),
  current: z.number().nonnegative(),
  total: z.number().nonnegative(),
  /** Of the whole task, 0–100; never less than in an earlier event (MUST 8). */
  percent: z.number().min(0).max(100),
  itemName: z.exactOptional(z.string()),
  message: z.exactOptional(z.string()),
  eta: z.exactOptional(etaSchema),
});
export const tokenEventSchema = z.object({
  ...base,
  fromSeq,
  type: z.literal('token'),
  stage: z.string(),
  text: z.string(),
  /** Offset of `text` in the stage's whole text, in UTF-16 units. */
  offset: z.int().nonnegative(),
});
export const logEventSchema = z.object({
  ...base,
  type: z.literal('log'),
  stage: z.exactOptional(z.string()),
  level: logLevelSchema,
  message: z.string(),
  /** Worker that the line names as missing. */
  waiting: z.exactOptional(waitSchema),
});
export const retryingEventSchema = z.object({
  ...base,
  type: z.literal('retrying'),
  delayMs: z.number().nonnegative(),
  error: taskFailureSchema,
});
export const cancelingEventSchema = z.object({ ...base, type: z.literal('canceling'), requestedBy: z.string() });
export const doneEventSchema = z.object({
  ...base,
  type: z.literal('done'),
  output: z.unknown(),
  durationMs: z.number().nonnegative(),
});
export const errorEventSchema = z.object({ ...base, type: z.literal('error'), ...taskFailureSchema.shape });
export const canceledEventSchema = z.object({
  ...base,
  type: z.literal('canceled'),
  reason: z.exactOptional(z.string()),
});

/**
 * Stands in the place of an entry that a reader cannot read. No log holds it: the reader makes it from the parts that it
 * can recover. `taskId` and `projectId` are empty, and `seq` is 0, only if a topic's entry names no task.
 */
export const unreadableEventSchema = z.object({
  taskId: z.string(),
  projectId: z.string(),
  seq: z.int().nonnegative(),
  fromSeq,
  type: z.literal('unreadable'),
  /** Type that the entry names: a type of a later version, or a known type with a body that does not fit. */
  originalType: z.exactOptional(z.string()),
  stage: z.exactOptional(z.string()),
  attempt: z.exactOptional(base.attempt),
  at: z.exactOptional(base.at),
  /** Output of a `done` event. */
  output: z.exactOptional(z.unknown()),
});
export type UnreadableEvent = z.infer<typeof unreadableEventSchema>;

/** One fact about a task, appended to its log and never changed. */
export const taskEventSchema = z.discriminatedUnion('type', [
  queuedEventSchema,
  startedEventSchema,
  stageEventSchema,
  progressEventSchema,
  tokenEventSchema,
  logEventSchema,
  dataEventSchema,
  retryingEventSchema,
  cancelingEventSchema,
  doneEventSchema,
  errorEventSchema,
  canceledEventSchema,
  unreadableEventSchema,
]);
export type TaskEvent = z.infer<typeof taskEventSchema>;
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

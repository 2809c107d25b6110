import * as z from 'zod';
import { taskEventSchema, type TaskEvent, type UnreadableEvent } from '../events/event.ts';
import { terminalTypeOf } from '../events/terminal-event.ts';
import { gapSchema } from './snapshot.ts';
import { taskStatusSchema, type TaskStatus } from '../state/state.ts';

/** An unfinished task in a topic's snapshot: enough for a list. */
export const taskSummarySchema = z.object({
  taskId: z.string(),
  projectId: z.string(),
  kind: z.string(),
  status: taskStatusSchema.exclude(['done', 'error', 'canceled']),
  attempt: z.int().nonnegative(),
  /** Of the whole task, 0–100, as its latest `progress` said. */
  percent: z.number().min(0).max(100),
  /** The stage that runs, or ran last. */
  stage: z.exactOptional(z.string()),
  /** Seq, in the task's own log, of the last event in this summary. */
  taskSeq: z.int().nonnegative(),
  /** Time of that event, in milliseconds since 1970. */
  updatedAt: z.int(),
});
export type TaskSummary = z.infer<typeof taskSummarySchema>;

/** The unfinished tasks of a topic. `task.list` has the ended ones. */
export const topicStateSchema = z.object({
  tasks: z.array(taskSummarySchema),
  /** Ids of unfinished tasks whose summaries could not be read; absent if there are none. */
  unreadable: z.exactOptional(z.array(z.string())),
});
export type TopicState = z.infer<typeof topicStateSchema>;

export const topicSnapshotSchema = z.object({
  type: z.literal('snapshot'),
  seq: z.int().nonnegative(),
  state: topicStateSchema,
  /** Present only if events that the watcher asked for are gone. The state stands in for them (MUST 4). */
  gap: z.exactOptional(gapSchema),
});
export type TopicSnapshot = z.infer<typeof topicSnapshotSchema>;

/**
 * An event of one of the topic's tasks. `seq` is the number in the topic, `event.seq` the number in the task's log. The
 * topic's events from `fromSeq` to `seq - 1` did not match the watcher's filter.
 */
export const topicEventSchema = z.object({
  type: z.literal('event'),
  seq: z.int().positive(),
  fromSeq: z.exactOptional(z.int().positive()),
  event: taskEventSchema,
});
export type TopicEvent = z.infer<typeof topicEventSchema>;

/** Moves a watcher's cursor past events `fromSeq` to `seq`, none of which matched its filter. */
export const topicSkippedSchema = z.object({
  type: z.literal('skipped'),
  seq: z.int().positive(),
  fromSeq: z.int().positive(),
});
export type TopicSkipped = z.infer<typeof topicSkippedSchema>;

/** A message to a watcher of a topic: a project, or all tasks of the caller. */
export const topicMessageSchema = z.discriminatedUnion('type', [
  topicSnapshotSchema,
  topicEventSchema,
  topicSkippedSchema,
]);
export type TopicMessage = z.infer<typeof topicMessageSchema>;

const STATUS_AFTER = {
  queued: 'queued',
  started: 'running',
  retrying: 'retrying',
  canceling: 'canceling',
} as const satisfies Partial<Record<TaskEvent['type'], TaskStatus>>;

/**
 * The topic's part of the reducer (MUST 2): the summary of a task after one more of its events, given the summary before
 * it. Undefined once the task has ended. A requested cancel stays visible until then.
 */
export function summarize(known: TaskSummary | undefined, event: TaskEvent): TaskSummary | undefined {
  if (event.type === 'unreadable') return terminalTypeOf(event) === undefined ? known : undefined;
  if (event.type === 'done' || event.type === 'error' || event.type === 'canceled') return undefined;
  const before = known ?? blankSummary(event);
  const next = { ...before, attempt: event.attempt, taskSeq: event.seq, updatedAt: event.at };
  switch (event.type) {
    case 'queued':
      return { ...next, kind: event.kind, status: statusAfter(before, event.type) };
    case 'started':
    case 'retrying':
    case 'canceling':
      return { ...next, status: statusAfter(before, event.type) };
    case 'stage':
      return { ...next, stage: event.stage };
    case 'progress':
      return { ...next, stage: event.stage, percent: Math.max(before.percent, event.percent) };
    case 'token':
    case 'log':
    case 'data':
      return next;
    default:
      return event satisfies never;
  }
}

function blankSummary({ taskId, projectId, attempt, at }: Exclude<TaskEvent, UnreadableEvent>): TaskSummary {
  return { taskId, projectId, kind: '', status: 'queued', attempt, percent: 0, taskSeq: 0, updatedAt: at };
}

function statusAfter(before: TaskSummary, type: keyof typeof STATUS_AFTER): TaskSummary['status'] {
  return before.status === 'canceling' ? 'canceling' : STATUS_AFTER[type];
}

import { taskEventSchema, type TaskEvent, type UnreadableEvent } from '../events/event.ts';
import { terminalTypeOf } from '../events/terminal-event.ts';
import { gapSchema } from './snapshot.ts';
import {
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
import type { TaskStatus } from '../state/state.ts';

/** An unfinished task in a topic's snapshot: enough for a list. */
export const taskSummarySchema = object({
  taskId: text(),
  projectId: text(),
  kind: text(),
  status: oneOf(['queued', 'running', 'retrying', 'canceling']),
  attempt: wholeNumber({ min: 0 }),
  /** Of the whole task, 0–100, as its latest `progress` said. */
  percent: number({ min: 0, max: 100 }),
  /** The stage that runs, or ran last. */
  stage: optional(text()),
  /** Seq, in the task's own log, of the last event in this summary. */
  taskSeq: wholeNumber({ min: 0 }),
  /** Time of that event, in milliseconds since 1970. */
  updatedAt: wholeNumber(),
});
export type TaskSummary = SchemaValue<typeof taskSummarySchema>;

/** The unfinished tasks of a topic. `task.list` has the ended ones. */
export const topicStateSchema = object({
  tasks: listOf(taskSummarySchema),
  /** Ids of unfinished tasks whose summaries could not be read; absent if there are none. */
  unreadable: optional(listOf(text())),
});
export type TopicState = SchemaValue<typeof topicStateSchema>;

export const topicSnapshotSchema = object({
  type: literal('snapshot'),
  seq: wholeNumber({ min: 0 }),
  state: topicStateSchema,
  /** Present only if events that the watcher asked for are gone. The state stands in for them (MUST 4). */
  gap: optional(gapSchema),
});
export type TopicSnapshot = SchemaValue<typeof topicSnapshotSchema>;

/**
 * An event of one of the topic's tasks. `seq` is the number in the topic, `event.seq` the number in the task's log. The
 * topic's events from `fromSeq` to `seq - 1` did not match the watcher's filter.
 */
export const topicEventSchema = object({
  type: literal('event'),
  seq: wholeNumber({ min: 1 }),
  fromSeq: optional(wholeNumber({ min: 1 })),
  event: taskEventSchema,
});
export type TopicEvent = SchemaValue<typeof topicEventSchema>;

/** Moves a watcher's cursor past events `fromSeq` to `seq`, none of which matched its filter. */
export const topicSkippedSchema = object({
  type: literal('skipped'),
  seq: wholeNumber({ min: 1 }),
  fromSeq: wholeNumber({ min: 1 }),
});
export type TopicSkipped = SchemaValue<typeof topicSkippedSchema>;

/** A message to a watcher of a topic: a project, or all tasks of the caller. */
export const topicMessageSchema = variants({
  snapshot: topicSnapshotSchema,
  event: topicEventSchema,
  skipped: topicSkippedSchema,
});
export type TopicMessage = SchemaValue<typeof topicMessageSchema>;

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

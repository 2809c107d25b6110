import {
  anything,
  listOf,
  object,
  optional,
  recoverable,
  text,
  wholeNumber,
  type SchemaValue,
} from '../schemas/index.ts';
import { gapSchema, taskMessageSchema, type TaskMessage } from './snapshot.ts';
import { readState } from '../state/read-state.ts';
import type { TaskState } from '../state/state.ts';
import { taskSummarySchema, topicMessageSchema, type TopicMessage, type TopicState } from './topic.ts';
import { readParsedEntry } from '../events/read-entry.ts';

/** Fields that all messages share. */
const frameSchema = object({
  type: text(),
  seq: wholeNumber({ min: 0 }),
  fromSeq: recoverable(wholeNumber({ min: 1 })),
  gap: recoverable(gapSchema),
  state: optional(anything),
  event: optional(anything),
});
type Frame = SchemaValue<typeof frameSchema>;

/**
 * Reads a message of a task, as a server sent it. If it comes from a later version, an event becomes `unreadable` in its
 * place, and a snapshot becomes `incomplete`.
 * @param known the state before it: gives the parts of a snapshot that cannot be read.
 * @returns undefined if the value has no seq: it is no message of Taskwire.
 */
export function readMessage(value: unknown, known: TaskState): TaskMessage | undefined {
  const { data } = taskMessageSchema.safeParse(value);
  if (data !== undefined) return data;
  const frame = frameSchema.safeParse(value).data;
  if (frame === undefined) return undefined;
  if (frame.type === 'snapshot') {
    return { type: 'snapshot', seq: frame.seq, state: readState(frame.state, known), ...gapOf(frame) };
  }
  const { taskId, projectId } = known;
  return frame.seq === 0 ? undefined : readParsedEntry(value, { taskId, projectId: projectId || undefined });
}

/** Reads a message of a topic in the same way. `unreadable` names tasks whose summaries cannot be read. */
export function readTopicMessage(value: unknown): TopicMessage | undefined {
  const { data } = topicMessageSchema.safeParse(value);
  if (data !== undefined) return data;
  const frame = frameSchema.safeParse(value).data;
  if (frame === undefined) return undefined;
  const { seq, fromSeq } = frame;
  if (frame.type === 'snapshot') return { type: 'snapshot', seq, state: topicStateOf(frame.state), ...gapOf(frame) };
  if (seq === 0) return undefined;
  const event = frame.type === 'event' ? frame.event : { type: frame.type };
  return { type: 'event', seq, ...(fromSeq === undefined ? {} : { fromSeq }), event: readParsedEntry(event) };
}

/** The unfinished tasks of a topic: the readable summaries, and the ids of the others. */
export function readSummaries(summaries: Iterable<readonly [taskId: string, summary: unknown]>): TopicState {
  const tasks: TopicState['tasks'] = [];
  const unreadable: string[] = [];
  for (const [taskId, summary] of summaries) {
    const { data } = taskSummarySchema.safeParse(summary);
    if (data === undefined) unreadable.push(taskId);
    else tasks.push(data);
  }
  return unreadable.length === 0 ? { tasks } : { tasks, unreadable };
}

const sentTopicState = object({ tasks: listOf(anything), unreadable: recoverable(listOf(text())) });
const namedSchema = object({ taskId: text() });

function topicStateOf(value: unknown): TopicState {
  const { tasks, unreadable = [] } = sentTopicState.safeParse(value).data ?? { tasks: [] };
  const read = readSummaries(tasks.map((task) => [namedSchema.safeParse(task).data?.taskId ?? '', task] as const));
  const ids = [...unreadable, ...(read.unreadable ?? [])].filter((taskId) => taskId !== '');
  return ids.length === 0 ? { tasks: read.tasks } : { tasks: read.tasks, unreadable: ids };
}

function gapOf({ gap }: Frame) {
  return gap === undefined ? {} : { gap };
}

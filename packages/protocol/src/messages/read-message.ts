import * as z from 'zod';
import { gapSchema, taskMessageSchema, type TaskMessage } from './snapshot.ts';
import { readState } from '../state/read-state.ts';
import type { TaskState } from '../state/state.ts';
import { taskSummarySchema, topicMessageSchema, type TopicMessage, type TopicState } from './topic.ts';
import { readParsedEntry } from '../events/read-entry.ts';

const seqSchema = z.int().nonnegative();
const gapOrNone = gapSchema.optional().catch(undefined);

/** Fields that all messages share. */
const frameSchema = z.object({
  type: z.string(),
  seq: seqSchema,
  fromSeq: z.int().positive().optional().catch(undefined),
  gap: gapOrNone,
  state: z.unknown().optional(),
  event: z.unknown().optional(),
});
type Frame = z.infer<typeof frameSchema>;

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

const sentTopicState = z
  .object({ tasks: z.array(z.unknown()), unreadable: z.array(z.string()).optional().catch(undefined) })
  .catch({ tasks: [] });
const namedSchema = z.object({ taskId: z.string() });

function topicStateOf(value: unknown): TopicState {
  const { tasks, unreadable = [] } = sentTopicState.parse(value);
  const read = readSummaries(tasks.map((task) => [namedSchema.safeParse(task).data?.taskId ?? '', task] as const));
  const ids = [...unreadable, ...(read.unreadable ?? [])].filter((taskId) => taskId !== '');
  return ids.length === 0 ? { tasks: read.tasks } : { tasks: read.tasks, unreadable: ids };
}

function gapOf({ gap }: Frame) {
  return gap === undefined ? {} : { gap };
}

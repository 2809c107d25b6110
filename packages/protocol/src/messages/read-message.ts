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
 * A message of a task as a server sent it. One of a later version is read as far as it can be: an event becomes
 * `unreadable` in its place, a snapshot is `incomplete`.
 * @param known the state before it, which stands in for the parts of a snapshot that cannot be read.
 * @returns undefined if it has no place in the log: then it is no message at all.
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

/** The same of a topic. An unfinished task whose summary cannot be read is named in `unreadable`. */
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

/** The unfinished tasks of a topic: those that can be read, and the ids of the others. */
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

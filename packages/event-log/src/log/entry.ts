import { taskEventSchema, type TaskEvent, type TaskEventDraft } from '@taskwire/protocol';
import type { TaskAddress } from './keys.ts';

/** An event as the scripts take it: type, label, percent, JSON (see WRITE in scripts/parts.ts). */
export function encodeDraft(task: TaskAddress, draft: TaskEventDraft): [string, string, string, string] {
  const json = JSON.stringify({ taskId: task.taskId, projectId: task.projectId, ...draft });
  return [draft.type, labelOf(draft), draft.type === 'progress' ? String(draft.percent) : '', json];
}

function labelOf(draft: TaskEventDraft): string {
  if (draft.type === 'queued') return draft.kind;
  return draft.type === 'stage' || draft.type === 'progress' ? draft.stage : '';
}

/**
 * An event as the log keeps it and the channel brings it.
 * @throws ZodError or SyntaxError if it is not one: the log was written by something else.
 */
export function decodeEvent(json: string): TaskEvent {
  return taskEventSchema.parse(JSON.parse(json));
}

/** The events of one message of a task's channel. */
export function decodeMessage(message: string): TaskEvent[] {
  return message.split('\n').map(decodeEvent);
}

/** An event with its number in a topic. */
export interface TopicEntry {
  seq: number;
  event: TaskEvent;
}

/** The entries of a batch whose first has the number `first`; `events` holds one event a line. */
export function decodeBatch(first: number, events: string): TopicEntry[] {
  return decodeMessage(events).map((event, index) => ({ seq: first + index, event }));
}

/** The entries of one message of a topic's channel. */
export function decodeTopicMessage(message: string): TopicEntry[] {
  const end = message.indexOf('\n');
  return decodeBatch(Number(message.slice(0, end)), message.slice(end + 1));
}

import { isTerminalEventType, taskEventSchema, type TaskEvent, type TaskEventDraft } from '@taskwire/protocol';
import type { TaskAddress } from './keys.ts';

/** An event as the append script takes it: its flag and its JSON. */
export function encodeDraft(task: TaskAddress, draft: TaskEventDraft): [flag: string, json: string] {
  const flag = isTerminalEventType(draft.type) ? 'terminal' : draft.type === 'canceling' ? 'canceling' : '-';
  return [flag, JSON.stringify({ taskId: task.taskId, projectId: task.projectId, ...draft })];
}

/**
 * An event as the log keeps it and the channel brings it.
 * @throws ZodError or SyntaxError if it is not one: the log was written by something else.
 */
export function decodeEvent(json: string): TaskEvent {
  return taskEventSchema.parse(JSON.parse(json));
}

/** The events of one message of a channel. */
export function decodeMessage(message: string): TaskEvent[] {
  return message.split('\n').map(decodeEvent);
}

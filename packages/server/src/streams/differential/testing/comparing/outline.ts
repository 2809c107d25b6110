import { createParser, type EventSourceMessage } from 'eventsource-parser';
import * as z from 'zod';

const errorSchema = z.object({ data: z.object({ code: z.string(), taskwireCode: z.string() }) });
const messageSchema = z.object({
  type: z.string(),
  fromSeq: z.number().optional(),
  gap: z.object({ from: z.number(), to: z.number() }).optional(),
  event: z.object({ type: z.string() }).optional(),
  state: z.object({ tasks: z.array(z.unknown()).optional() }).optional(),
});

/**
 * A stream in few words: `connected | 2 snapshot | 3 log | return`. The numbers are ids; those of topics, which
 * come from the clock, are left out. An answer that is no stream is its own outline.
 */
export function outlineOf(text: string): string {
  const frames: string[] = [];
  const parser = createParser({ onEvent: (frame) => frames.push(outlineOfFrame(frame)) });
  parser.feed(text);
  return frames.length === 0 ? text : frames.join(' | ');
}

function outlineOfFrame({ event = 'message', id, data }: EventSourceMessage): string {
  if (event === 'serialized-error') {
    const error = errorSchema.parse(JSON.parse(data)).data;
    return `${error.code} (${error.taskwireCode})`;
  }
  if (event !== 'message') return event;
  const message = messageSchema.parse(JSON.parse(data));
  const ofTopic = message.event ?? message.state?.tasks;
  return ofTopic === undefined && message.type !== 'skipped' ? outlineOfTask(id, message) : outlineOfTopic(message);
}

type Message = z.infer<typeof messageSchema>;

function outlineOfTask(id: string | undefined, { type, fromSeq, gap }: Message): string {
  const range = fromSeq === undefined ? '' : ` from ${fromSeq}`;
  return `${id} ${type}${range}${gap === undefined ? '' : ` gap ${gap.from}-${gap.to}`}`;
}

function outlineOfTopic({ type, fromSeq, gap, event, state }: Message): string {
  if (event !== undefined) return `${type} ${event.type}${fromSeq === undefined ? '' : ' after others'}`;
  const tasks = state?.tasks === undefined ? '' : ` of ${state.tasks.length}`;
  return `${type}${tasks}${gap === undefined ? '' : ` gap ${gap.from}-`}`;
}

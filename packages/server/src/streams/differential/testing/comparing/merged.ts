import { compact, taskEventSchema, topicMessageSchema, type TaskEvent, type TopicMessage } from '@taskwire/protocol';
import { createParser } from 'eventsource-parser';

/** One event of a stream; `data` is JSON. */
export interface Frame {
  event: string;
  id: string | undefined;
  data: string;
}

/** The events of a stream's text. */
export function framesOf(text: string): Frame[] {
  const frames: Frame[] = [];
  const parser = createParser({
    onEvent: ({ event = 'message', id, data }) => void frames.push({ event, id, data }),
  });
  parser.feed(text);
  return frames;
}

/**
 * The same stream in the fewest messages: neighbouring tokens, progress and data of a task are merged, and the next event
 * names the skipped ones. Streams with the same events are then equal.
 * @throws if an id is not the number of its message, or a skipped range is not followed by what comes next.
 */
export function fewestMessages(frames: readonly Frame[]): unknown[] {
  const messages: unknown[] = [];
  const events: TaskEvent[] = [];
  let skipped: { fromSeq: number; seq: number } | undefined;
  for (const frame of frames) {
    const { event, topic } = read(frame);
    if (event !== undefined) {
      events.push(event);
      continue;
    }
    messages.push(...compact(events.splice(0)));
    if (topic?.type === 'skipped') skipped = after(skipped, topic);
    else if (topic?.type === 'event') messages.push({ ...topic, ...after(skipped, topic) });
    else messages.push(frame);
    if (topic?.type === 'event') skipped = undefined;
  }
  return [...messages, ...compact(events)];
}

function read({ event, id, data }: Frame): { event?: TaskEvent | undefined; topic?: TopicMessage | undefined } {
  if (event !== 'message') return {};
  const parsed: unknown = JSON.parse(data);
  const found = { event: taskEventSchema.safeParse(parsed).data, topic: topicMessageSchema.safeParse(parsed).data };
  const seq = (found.event ?? found.topic)?.seq;
  if (seq !== undefined && String(seq) !== id) throw new Error(`${id} is the id of ${data}`);
  return found;
}

/** The range of both together. */
function after(
  skipped: { fromSeq: number; seq: number } | undefined,
  next: { fromSeq?: number | undefined; seq: number },
): { fromSeq: number; seq: number } {
  const first = next.fromSeq ?? next.seq;
  if (skipped !== undefined && first !== skipped.seq + 1) throw new Error(`${first} comes after ${skipped.seq}`);
  return { fromSeq: skipped?.fromSeq ?? first, seq: next.seq };
}

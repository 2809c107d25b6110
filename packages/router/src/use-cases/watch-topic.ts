import { formatCursor, parseCursor, type TopicMessage } from '@taskwire/protocol';
import { tracked, type TrackedEnvelope } from '@trpc/server';
import type { Ports } from '../context.ts';
import type { TopicAddress, TopicFilter } from '../ports/task-events.ts';

export interface TopicWatch {
  ports: Pick<Ports, 'events'>;
  topic: TopicAddress;
  filter?: TopicFilter;
  lastEventId: string | null | undefined;
  signal: AbortSignal;
}

/** Every message of a topic under its seq in the topic. @throws TaskwireError INVALID_INPUT for a cursor that is none. */
export async function* watchTopic(watch: TopicWatch): AsyncGenerator<TrackedEnvelope<TopicMessage>, void, undefined> {
  const { ports, topic, filter, signal } = watch;
  const cursor = parseCursor(watch.lastEventId);
  const from = { cursor, ...(filter === undefined ? {} : { filter }) };
  for await (const message of ports.events.followTopic(topic, from, signal)) {
    yield tracked(formatCursor(message.seq), message);
  }
}

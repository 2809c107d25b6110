import { formatCursor, type TopicMessage } from '@taskwire/protocol';
import type { AnyTaskDefinition, CatalogMessage, TaskCatalog } from '@taskwire/tasks';
import { tracked, type TrackedEnvelope } from '@trpc/server';
import type { Ports } from '../../context.ts';
import type { TaskWatch, TopicWatch } from './resolve-watch.ts';

type EventPorts = Pick<Ports, 'events'>;

/**
 * Follows a task for tRPC's own adapter. A message's id is its seq, which the client sends as its next cursor (MUST 14).
 * The watch is authorized inside the stream: an EventSource hides an HTTP status from its page.
 */
export async function* followTask<Definition extends AnyTaskDefinition>(
  { events, catalog }: EventPorts & { catalog: TaskCatalog<Definition> },
  authorize: () => Promise<TaskWatch>,
  signal: AbortSignal,
): AsyncGenerator<TrackedEnvelope<CatalogMessage<Definition>>, void, undefined> {
  const { task, cursor } = await authorize();
  for await (const message of events.follow(task, cursor, signal)) {
    yield tracked(formatCursor(message.seq), catalog.readMessage(task.kind, message));
  }
}

/** The same for a topic, whose messages have the topic's own seqs. */
export async function* followTopic(
  { events }: EventPorts,
  authorize: () => Promise<TopicWatch>,
  signal: AbortSignal,
): AsyncGenerator<TrackedEnvelope<TopicMessage>, void, undefined> {
  const { topic, cursor, filter } = await authorize();
  const from = { cursor, ...(filter === undefined ? {} : { filter }) };
  for await (const message of events.followTopic(topic, from, signal)) {
    yield tracked(formatCursor(message.seq), message);
  }
}

import { taskMessageSchema, topicMessageSchema, type TaskMessage, type TopicMessage } from '@taskwire/protocol';
import { EventSource } from 'eventsource';

const EVENT_NAMES = [
  'snapshot',
  'skipped',
  'queued',
  'started',
  'stage',
  'progress',
  'token',
  'log',
  'data',
  'retrying',
  'canceling',
  'complete',
  'error',
  'canceled',
  'timeout',
  'unreadable',
] as const;

/** A stock EventSource and its events. */
export interface PlainWatcher<Message = TaskMessage> {
  readonly source: EventSource;
  /** Every named event, in order: its name, its id and its data. */
  readonly received: { event: string; id: string; message: Message }[];
  /** Number of connections opened so far. */
  opened(): number;
  /** The seqs of all events, without snapshots. */
  seqs(): number[];
}

/** Watches a task with a stock EventSource that sends a token. Close its `source`. */
export function watchPlainly(url: string, headers: Record<string, string>): PlainWatcher {
  return watch(url, headers, (data) => taskMessageSchema.parse(data));
}

/** The same for a topic. */
export function watchTopicPlainly(url: string, headers: Record<string, string>): PlainWatcher<TopicMessage> {
  return watch(url, headers, (data) => topicMessageSchema.parse(data));
}

function watch<Message extends { seq: number }>(
  url: string,
  headers: Record<string, string>,
  parse: (data: unknown) => Message,
): PlainWatcher<Message> {
  const received: PlainWatcher<Message>['received'] = [];
  let connections = 0;
  const source = new EventSource(url, {
    fetch: (input, init) => fetch(input, { ...init, headers: { ...headers, ...init.headers } }),
  });
  source.addEventListener('open', () => {
    connections += 1;
  });
  const take = (event: Event): void => {
    // `error` is also what an EventSource calls a lost connection.
    if (!(event instanceof MessageEvent)) return;
    const message = parse(JSON.parse(String(event.data)));
    received.push({ event: event.type, id: event.lastEventId, message });
  };
  for (const event of EVENT_NAMES) source.addEventListener(event, take);
  return {
    source,
    received,
    opened: () => connections,
    seqs: () => received.flatMap(({ event, message }) => (event === 'snapshot' ? [] : [message.seq])),
  };
}

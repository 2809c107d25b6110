import { taskMessageSchema, type TaskMessage } from '@taskwire/protocol';
import { EventSource } from 'eventsource';

const EVENT_NAMES = [
  'snapshot',
  'queued',
  'started',
  'stage',
  'progress',
  'token',
  'log',
  'retrying',
  'canceling',
  'complete',
  'canceled',
] as const;

/** What a stock EventSource got. */
export interface PlainWatcher {
  readonly source: EventSource;
  /** Every named event, in order: its name, its id and its data. */
  readonly received: { event: string; id: string; message: TaskMessage }[];
  /** How often a connection was opened. */
  opened(): number;
  /** The seqs of all events, without snapshots. */
  seqs(): number[];
}

/** Watches a task with a stock EventSource that sends a token. Close its `source`. */
export function watchPlainly(url: string, headers: Record<string, string>): PlainWatcher {
  const received: PlainWatcher['received'] = [];
  let connections = 0;
  const source = new EventSource(url, {
    fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
  });
  source.addEventListener('open', () => {
    connections += 1;
  });
  for (const event of EVENT_NAMES) {
    source.addEventListener(event, ({ data, lastEventId }) => {
      received.push({ event, id: lastEventId, message: taskMessageSchema.parse(JSON.parse(String(data))) });
    });
  }
  return {
    source,
    received,
    opened: () => connections,
    seqs: () => received.flatMap(({ event, message }) => (event === 'snapshot' ? [] : [message.seq])),
  };
}

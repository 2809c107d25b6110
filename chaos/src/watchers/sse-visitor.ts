import { EventSource } from 'eventsource';
import { isTerminalType } from '../oracle/message.ts';
import { AnswerNotes } from './foreign-answers.ts';
import { withToken, type Target, type Visit, type Visitor } from './visit.ts';

const NAMES = [
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
];
const LAST_NAMES = ['complete', 'error', 'canceled', 'timeout'];
/** Pause (ms) before a watcher whose EventSource has given up opens a new one by its cursor. */
const REOPEN_PAUSE_MS = 300;

function addressOf({ url, target, record }: Visit): string {
  const query = new URLSearchParams();
  if (record.cursor !== undefined) query.set('lastEventId', record.cursor);
  if (target.of === 'project' && target.types !== undefined) query.set('types', target.types.join(','));
  if (target.of === 'project' && target.stages !== undefined) query.set('stages', target.stages.join(','));
  const search = query.size > 0 ? `?${query.toString()}` : '';
  return `${url}/api/v1/sse/${pathOf(target)}${search}`;
}

function pathOf(target: Target): string {
  switch (target.of) {
    case 'task':
      return `tasks/${target.taskId}/progress`;
    case 'project':
      return `projects/${target.projectId}`;
    case 'owner':
      return 'tasks';
    default:
      return target satisfies never;
  }
}

/** Watches a plain endpoint by an EventSource that follows the standard; one that gave up is opened again with the cursor. */
export function visitByEventSource(visit: Visit): Visitor {
  const stay = new Stay(visit);
  stay.open();
  return { leave: () => Promise.resolve(stay.close()) };
}

class Stay {
  readonly #visit: Visit;
  readonly #notes = new AnswerNotes();
  #source: EventSource | undefined;
  #reopening: NodeJS.Timeout | undefined;

  constructor(visit: Visit) {
    this.#visit = visit;
  }

  open(): void {
    const { record, token } = this.#visit;
    record.begin(record.cursor);
    const fetch = this.#notes.noting(withToken(token, this.#visit.fetch));
    const source = new EventSource(addressOf(this.#visit), { fetch });
    this.#source = source;
    source.addEventListener('open', () => record.connected());
    for (const name of NAMES) source.addEventListener(name, (event) => this.#take(event, false));
    for (const name of LAST_NAMES) source.addEventListener(name, (event) => this.#take(event, true));
    source.addEventListener('error', (event) => {
      if ('data' in event) return; // The event named `error` of a task that failed.
      record.away(`${event.code ?? 'no status'}: ${event.message ?? 'connection lost'}`);
      if (source.readyState === EventSource.CLOSED) this.#hasGivenUp(event.code);
    });
  }

  close(): void {
    clearTimeout(this.#reopening);
    this.#source?.close();
  }

  #take(event: Event, last: boolean): void {
    const { record, target } = this.#visit;
    if (!(event instanceof MessageEvent) || typeof event.data !== 'string') return;
    const message: unknown = JSON.parse(event.data);
    record.message(message, event.lastEventId);
    // A plain EventSource is closed by its page once it knows that nothing more comes.
    if (target.of !== 'task' || !(last || saysThatItIsOver(message))) return;
    this.close();
    record.ended('last event');
  }

  #hasGivenUp(status: number | undefined): void {
    const { record } = this.#visit;
    if (status === 204) return record.ended('204');
    const isFinal = status !== undefined && status >= 400 && status < 500 && status !== 429;
    if (isFinal && this.#notes.isRefused) return record.failed(`HTTP ${status}`);
    this.#reopening = setTimeout(() => this.open(), REOPEN_PAUSE_MS);
  }
}

function saysThatItIsOver(message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !('state' in message)) return false;
  const { state } = message;
  return (
    typeof state === 'object' &&
    state !== null &&
    'status' in state &&
    typeof state.status === 'string' &&
    isTerminalType(state.status)
  );
}

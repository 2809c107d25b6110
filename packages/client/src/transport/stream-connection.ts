import { EventSource } from 'eventsource';
import { TaskwireClientError } from '../errors/client-error.ts';
import { foreignStreamError, isTransformed, isTrpcRefusal, transformedError } from '../errors/foreign-trpc.ts';
import { isRecord } from './shapes.ts';

/** The last event of a connection, with the reason of its end. */
export class StreamEndedEvent extends Event {
  readonly failure: TaskwireClientError;

  constructor(failure: TaskwireClientError) {
    super('error');
    this.failure = failure;
  }

  /** Listeners that treat this event as an error read its message. */
  get message(): string {
    return this.failure.message;
  }
}

/** Longest time (ms) until a stream's first frame; Taskwire sends it at once. The stream itself limits later silence. */
const BEGIN_WITHIN_MS = 20_000;

export interface StreamConnectionSettings {
  /** Opens the stream with a fresh token. Rejects with a TaskwireClientError unless the answer is an event stream. */
  open: (url: string | URL, init: RequestInit) => Promise<Response>;
}

/**
 * An EventSource for one connection. When the connection ends, it closes itself and dispatches the reason; it never
 * reconnects. The retry link reconnects, with backoff, a fresh token and the cursor. A plain EventSource would keep the
 * old headers and reconnect every 3 s.
 */
export class StreamConnection extends EventSource {
  readonly #outcome: { failure?: TaskwireClientError };
  /** Events that go to the listeners as they are. happy-dom dispatches each event through this class again, per phase. */
  readonly #checked = new WeakSet<Event>();
  #isRefused = false;
  #begin: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string | URL, settings: StreamConnectionSettings) {
    const outcome: { failure?: TaskwireClientError } = {};
    super(url, {
      fetch: async (input, init) => {
        try {
          return await settings.open(input, init);
        } catch (error) {
          if (error instanceof TaskwireClientError) outcome.failure = error;
          throw error;
        }
      },
    });
    this.#outcome = outcome;
  }

  override dispatchEvent(event: Event): boolean {
    if (this.#checked.has(event)) return super.dispatchEvent(event);
    this.#checked.add(event);
    if (event.type === 'error') return this.#end(this.#outcome.failure ?? connectionLost());
    if (event.type === 'open') this.#begin = setTimeout(() => this.#end(silent()), BEGIN_WITHIN_MS);
    else clearTimeout(this.#begin);
    const problem = event instanceof MessageEvent ? problemOf(event) : undefined;
    if (problem !== undefined) return this.#end(problem);
    if (event.type === 'serialized-error') this.#isRefused = true;
    return super.dispatchEvent(event);
  }

  override close(): void {
    clearTimeout(this.#begin);
    super.close();
  }

  #end(failure: TaskwireClientError): boolean {
    this.close();
    // The ponyfill starts its reconnect timer right after it has dispatched an error. Closing again stops the timer.
    queueMicrotask(() => this.close());
    const ended = new StreamEndedEvent(failure);
    this.#checked.add(ended);
    if (!this.#isRefused) return super.dispatchEvent(ended);
    // tRPC drops the frames that it has not read yet when a connection ends. A refusal often arrives together with the end.
    setTimeout(() => super.dispatchEvent(ended));
    return true;
  }
}

function connectionLost(): TaskwireClientError {
  return new TaskwireClientError('NETWORK', 'the connection to the server was lost');
}

function silent(): TaskwireClientError {
  return new TaskwireClientError('NETWORK', `the stream has not begun after ${BEGIN_WITHIN_MS / 1_000} s`);
}

/** Checks of the frames whose form tRPC takes for granted, by type. */
const FORMS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['connected', isRecord],
  ['serialized-error', isTrpcRefusal],
]);

/**
 * The reason for which tRPC could not read a frame. It is checked before tRPC reads it: an error inside an event listener
 * would be an uncaught exception, and a frame in another form would end the watch.
 */
function problemOf({ type, data }: MessageEvent): TaskwireClientError | undefined {
  if (data === '') return undefined;
  const value = jsonOf(data);
  if (value === undefined) return new TaskwireClientError('NETWORK', 'the server sent something that is not JSON');
  const hasForm = FORMS.get(type)?.(value) ?? true;
  if (hasForm) return undefined;
  return isTransformed(value) ? transformedError() : foreignStreamError();
}

/** The value of a JSON text; undefined for another text. */
function jsonOf(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

import { EventSource } from 'eventsource';
import { TaskwireClientError } from '../errors/client-error.ts';

/** The last event of a connection: why it ended. */
export class StreamEndedEvent extends Event {
  readonly failure: TaskwireClientError;

  constructor(failure: TaskwireClientError) {
    super('error');
    this.failure = failure;
  }

  /** For those who take this event for an error. */
  get message(): string {
    return this.failure.message;
  }
}

/** Longest time (ms) for a stream to begin; Taskwire's begin at once. The stream sets the limit of later silence. */
const BEGIN_WITHIN_MS = 20_000;

export interface StreamConnectionSettings {
  /** Opens the stream, with fresh credentials; rejects with a TaskwireClientError unless it is an event stream. */
  open: (url: string | URL, init: RequestInit) => Promise<Response>;
}

/**
 * An EventSource for one connection only. However the connection ends, this closes itself and says why; it never
 * reconnects. Coming back is the retry link's work, with its backoff, a fresh token and the cursor: an EventSource's
 * own way keeps the old headers and comes back every 3 s, however long the server is away.
 */
export class StreamConnection extends EventSource {
  readonly #outcome: { failure?: TaskwireClientError };
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
    if (event.type === 'error') return this.#end(this.#outcome.failure ?? connectionLost());
    if (event.type === 'open') this.#begin = setTimeout(() => this.#end(silent()), BEGIN_WITHIN_MS);
    else clearTimeout(this.#begin);
    if (event instanceof MessageEvent && event.data !== '' && !isJson(event.data)) return this.#end(unreadable());
    return super.dispatchEvent(event);
  }

  override close(): void {
    clearTimeout(this.#begin);
    super.close();
  }

  #end(failure: TaskwireClientError): boolean {
    this.close();
    // The ponyfill starts its reconnect timer right after it has dispatched an error; closing again stops that too.
    queueMicrotask(() => this.close());
    return super.dispatchEvent(new StreamEndedEvent(failure));
  }
}

function connectionLost(): TaskwireClientError {
  return new TaskwireClientError('NETWORK', 'the connection to the server was lost');
}

function silent(): TaskwireClientError {
  return new TaskwireClientError('NETWORK', `the stream has not begun after ${BEGIN_WITHIN_MS / 1_000} s`);
}

function unreadable(): TaskwireClientError {
  return new TaskwireClientError('NETWORK', 'the server sent something that is not JSON');
}

/** Asked before anybody else parses it: what throws inside an event listener is an uncaught exception. */
function isJson(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

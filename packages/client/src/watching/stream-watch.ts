import { SequenceError } from '@taskwire/protocol';
import { TaskwireClientError } from '../errors/client-error.ts';
import { toClientError } from '../errors/to-client-error.ts';
import { Backoff } from '../transport/backoff.ts';
import { isRecord } from '../transport/shapes.ts';
import type { WatchObserver, WatchedStream } from './watched-stream.ts';

/** Longest time (ms) that a subscription waits for the preparation of its stream. */
const PREPARE_WITHIN_MS = 5_000;

/**
 * One watch of a stream.
 *
 * Modes and transitions:
 *   connected → away: the connection is lost (a link reconnects), or a message is missing or unreadable, or the server
 *     ends the stream early (this class reconnects, with backoff)
 *   away → connected: the server answers
 *   connected → ended: the last message has arrived
 *   connected, away → failed: reconnecting cannot help
 *   any → closed: `close`
 *
 * It drops duplicates. If a message is missing, it delivers nothing after the hole and reconnects at the cursor.
 */
export class StreamWatch<Message> {
  readonly #stream: WatchedStream<Message>;
  readonly #observer: WatchObserver<Message>;
  readonly #backoff = new Backoff();
  #disconnect: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(stream: WatchedStream<Message>, observer: WatchObserver<Message>) {
    this.#stream = stream;
    this.#observer = observer;
  }

  /** Opens the stream. Call it once. */
  start(): void {
    this.#open(this.#stream.cursor);
  }

  /** Closes the connection and the timer. The observer gets no more calls. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#disconnect?.();
    this.#disconnect = undefined;
  }

  #open(cursor: number | undefined): void {
    const preparation = this.#stream.prepare?.();
    if (preparation === undefined) return this.#connect(cursor);
    const timeUp = new Promise<void>((resolve) => {
      this.#timer = setTimeout(resolve, PREPARE_WITHIN_MS);
    });
    void Promise.race([preparation.catch(() => undefined), timeUp]).then(() => {
      clearTimeout(this.#timer);
      if (!this.#closed) this.#connect(cursor);
    });
  }

  #connect(cursor: number | undefined): void {
    let current = true;
    const subscription = this.#stream.subscribe(cursor, {
      onData: (envelope) => current && this.#receive(isRecord(envelope) ? envelope['data'] : undefined),
      onComplete: () => current && this.#ended(),
      onError: (error) => current && this.#fail(toClientError(error)),
      onConnectionStateChange: ({ state, error }) => {
        if (!current) return;
        if (state === 'pending') this.#observer.connection('connected');
        if (state === 'connecting') this.#away(error);
      },
    });
    this.#disconnect = () => {
      current = false;
      subscription.unsubscribe();
    };
    if (this.#closed) this.close();
  }

  #away(error: unknown): void {
    if (error === null || error === undefined) this.#observer.connection('away');
    else this.#observer.connection('away', toClientError(error));
  }

  #receive(data: unknown): void {
    try {
      const message = this.#stream.take(data);
      if (message === undefined) return;
      this.#backoff.reset();
      this.#observer.message(message);
      if (this.#stream.hasEnded) this.#finish();
    } catch (error) {
      if (error instanceof SequenceError) this.#reconnectAfterHole(error);
      else this.#unreadable(toClientError(error));
    }
  }

  #unreadable(error: TaskwireClientError): void {
    if (error.code === 'NETWORK') this.#reconnect(this.#stream.cursor, error);
    else this.#fail(error);
  }

  #reconnectAfterHole(cause: unknown): void {
    const error = new TaskwireClientError('NETWORK', 'a message is missing: asking for it again', { cause });
    this.#reconnect(this.#stream.cursor, error);
  }

  #ended(): void {
    const error = new TaskwireClientError('NETWORK', 'the stream ended before its last message');
    this.#reconnect(this.#stream.cursorAtEnd, error);
  }

  #reconnect(cursor: number | undefined, error: TaskwireClientError): void {
    this.#disconnect?.();
    this.#disconnect = undefined;
    this.#observer.connection('away', error);
    if (this.#closed) return;
    this.#timer = setTimeout(() => this.#open(cursor), this.#backoff.next());
  }

  #finish(): void {
    if (this.#closed) return;
    this.close();
    this.#observer.end();
  }

  #fail(error: TaskwireClientError): void {
    if (this.#closed) return;
    this.close();
    this.#observer.fail(error);
  }
}

import { SequenceError } from '@taskwire/protocol';
import { Backoff } from '../transport/backoff.ts';
import { TaskwireClientError } from '../errors/client-error.ts';
import { isRecord } from '../transport/shapes.ts';
import { toClientError } from '../errors/to-client-error.ts';

/** What a tRPC subscription tells. */
export interface StreamHandlers<Data> {
  onData: (envelope: { data: Data }) => void;
  onComplete: () => void;
  onError: (error: unknown) => void;
  onConnectionStateChange: (change: { state: 'idle' | 'connecting' | 'pending'; error: unknown }) => void;
}

/** What is watched, a task or a topic, and where its watcher stands. `Data` is what the server sends. */
export interface WatchedStream<Data, Message> {
  /** The last seq that the watcher has; undefined for a new one. */
  readonly cursor: number | undefined;
  /** Where to go on if the server ends the stream by itself. */
  readonly cursorAtEnd: number | undefined;
  subscribe(cursor: number | undefined, handlers: StreamHandlers<Data>): { unsubscribe(): void };
  /**
   * Takes what the server sent.
   * @returns the message; undefined if it is a duplicate.
   * @throws SequenceError, taking nothing, if something is missing before it; anything else if it cannot be read.
   */
  take(data: Data): Message | undefined;
  /** Says whether nothing comes after this message. */
  isLast(message: Message): boolean;
}

/** What a watch tells its one observer. After `end` or `fail` it tells nothing more. */
export interface WatchObserver<Message> {
  /** Each message once and in order. */
  message(message: Message): void;
  /** `error` says why it is away, where that is known. */
  connection(state: 'connected' | 'away', error?: TaskwireClientError): void;
  end(): void;
  fail(error: TaskwireClientError): void;
}

/**
 * One watcher: connected → away → connected …, until it has ended, failed or been closed.
 *
 * The links bring a lost connection back. This adds what only one who reads the messages can know: duplicates are
 * dropped; where one is missing, nothing after it is let through, and the stream is asked for again from the cursor;
 * after the last message everything is closed.
 */
export class StreamWatch<Data, Message> {
  readonly #stream: WatchedStream<Data, Message>;
  readonly #observer: WatchObserver<Message>;
  readonly #backoff = new Backoff();
  #disconnect: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(stream: WatchedStream<Data, Message>, observer: WatchObserver<Message>) {
    this.#stream = stream;
    this.#observer = observer;
  }

  /** Opens the stream; to be called once. */
  start(): void {
    this.#connect(this.#stream.cursor);
  }

  /** Closes the connection and every timer. The observer hears nothing more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#disconnect?.();
    this.#disconnect = undefined;
  }

  #connect(cursor: number | undefined): void {
    let current = true;
    const subscription = this.#stream.subscribe(cursor, {
      onData: ({ data }) => current && this.#receive(data),
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

  #receive(data: Data): void {
    try {
      const message = this.#stream.take(data);
      if (message === undefined) return;
      this.#backoff.reset();
      this.#observer.message(message);
      if (this.#stream.isLast(message)) this.#finish();
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
    this.#timer = setTimeout(() => this.#connect(cursor), this.#backoff.next());
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

/** The error for a message in whose place nothing can stand. One without a type and a seq is not Taskwire's (NETWORK). */
export function unreadableMessage(data: unknown): TaskwireClientError {
  if (!isRecord(data) || typeof data['type'] !== 'string' || typeof data['seq'] !== 'number') {
    const foreign = "a proxy or another server answered with a stream that is not Taskwire's: is the URL right?";
    return new TaskwireClientError('NETWORK', foreign);
  }
  const message = 'the server sent a message that this version cannot read: update the client';
  return new TaskwireClientError('INTERNAL', message);
}

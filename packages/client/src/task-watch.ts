import { formatCursor, taskMessageSchema, type TaskSnapshot } from '@taskwire/protocol';
import type { AppRouter } from '@taskwire/router';
import type { TaskKind, TaskMessage } from '@taskwire/tasks';
import type { TRPCClient } from '@trpc/client';
import { Backoff } from './backoff.ts';
import { TaskwireClientError } from './client-error.ts';
import { type Position, isTerminal } from './position.ts';
import { toClientError } from './to-client-error.ts';
import { typeMessage } from './typed.ts';

/** What a watch tells its one observer. After `end` or `fail` it tells nothing more. */
export interface WatchObserver<Kind extends TaskKind> {
  /** Each message once and in order. `snapshot` is the state after it, if that is known. */
  message(message: TaskMessage<Kind>, snapshot: TaskSnapshot | undefined): void;
  /** `error` says why it is away, where that is known. */
  connection(state: 'connected' | 'away', error?: TaskwireClientError): void;
  end(): void;
  fail(error: TaskwireClientError): void;
}

export interface WatchTarget<Kind extends TaskKind> {
  taskId: string;
  kind: Kind | undefined;
  position: Position;
}

/**
 * One watcher of one task: connected → away → connected …, until it has ended, failed or been closed.
 *
 * The links bring a lost connection back. This adds what only one who reads the messages can know: duplicates are
 * dropped; where one is missing, nothing after it is let through, and the stream is asked for again from the cursor;
 * after the terminal message everything is closed.
 */
export class TaskWatch<Kind extends TaskKind> {
  readonly #trpc: TRPCClient<AppRouter>;
  readonly #target: WatchTarget<Kind>;
  readonly #observer: WatchObserver<Kind>;
  readonly #backoff = new Backoff();
  #disconnect: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(trpc: TRPCClient<AppRouter>, target: WatchTarget<Kind>, observer: WatchObserver<Kind>) {
    this.#trpc = trpc;
    this.#target = target;
    this.#observer = observer;
  }

  /** Opens the stream; to be called once. */
  start(): void {
    this.#connect(this.#target.position.cursor);
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
    const { taskId } = this.#target;
    const input = cursor === undefined ? { taskId } : { taskId, lastEventId: formatCursor(cursor) };
    const subscription = this.#trpc.task.onProgress.subscribe(input, {
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

  #receive(message: TaskMessage): void {
    const { position, kind } = this.#target;
    const checked = taskMessageSchema.safeParse(message);
    if (!checked.success) return this.#fail(unreadableMessage());
    try {
      const typed = typeMessage(kind, message);
      if (!this.#take(message)) return;
      this.#observer.message(typed, position.snapshot);
    } catch (error) {
      return this.#fail(toClientError(error));
    }
    if (isTerminal(message)) this.#finish();
  }

  /** @returns whether the message is new and in its place. */
  #take(message: TaskMessage): boolean {
    try {
      if (!this.#target.position.take(message)) return false;
      this.#backoff.reset();
      return true;
    } catch (error) {
      this.#reconnectAfterHole(error);
      return false;
    }
  }

  #reconnectAfterHole(cause: unknown): void {
    const error = new TaskwireClientError('NETWORK', 'a message is missing: asking for it again', { cause });
    this.#reconnect(this.#target.position.cursor, error);
  }

  /**
   * The server had nothing more to say. To one whose cursor stands at the end of an ended task that is all it says, so
   * the terminal snapshot is asked for: a watch ends with a terminal message, whatever it began with.
   */
  #ended(): void {
    this.#reconnect(undefined, new TaskwireClientError('NETWORK', 'the stream ended before the task did'));
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

function unreadableMessage(): TaskwireClientError {
  return new TaskwireClientError(
    'INTERNAL',
    'the server sent a message that this version cannot read: update the client',
  );
}

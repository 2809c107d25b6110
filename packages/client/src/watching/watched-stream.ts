import { TaskwireClientError } from '../errors/client-error.ts';
import { foreignStreamError, isTransformed, transformedError } from '../errors/foreign-trpc.ts';
import { isRecord } from '../transport/shapes.ts';

/** Callbacks of a tRPC subscription. */
export interface StreamHandlers {
  /** `envelope` has the message in `data`, beside its id. */
  onData: (envelope: unknown) => void;
  onComplete: () => void;
  onError: (error: unknown) => void;
  onConnectionStateChange: (change: { state: 'idle' | 'connecting' | 'pending'; error: unknown }) => void;
}

/** A watched task or topic, with the watcher's cursor in it. */
export interface WatchedStream<Message> {
  /** Last seq that the watcher has; undefined for a new watcher. */
  readonly cursor: number | undefined;
  /** Cursor with which to reconnect if the server ends the stream. */
  readonly cursorAtEnd: number | undefined;
  /** Whether the last message has been taken. */
  readonly hasEnded: boolean;
  /**
   * Asks the server for what a subscription does not send; undefined if the stream needs nothing. A rejection does not
   * keep the watch from subscribing: the subscription fails for the same reason, or works without the answer.
   */
  prepare?(): Promise<void> | undefined;
  subscribe(cursor: number | undefined, handlers: StreamHandlers): { unsubscribe(): void };
  /**
   * Reads a message from the server and moves the cursor.
   * @returns the message; undefined for a duplicate.
   * @throws SequenceError, leaving the cursor, if a message before it is missing; another error if it is unreadable.
   */
  take(data: unknown): Message | undefined;
}

/** The one observer of a watch. `end` or `fail` is the last call. */
export interface WatchObserver<Message> {
  /** Each message once and in order. */
  message(message: Message): void;
  /** `error`: why the stream is away, if that is known. */
  connection(state: 'connected' | 'away', error?: TaskwireClientError): void;
  end(): void;
  fail(error: TaskwireClientError): void;
}

/** The error for a message that cannot be read. A message without a type or a seq is not Taskwire's: NETWORK. */
export function unreadableMessage(data: unknown): TaskwireClientError {
  if (isTransformed(data)) return transformedError();
  if (!isRecord(data) || typeof data['type'] !== 'string' || typeof data['seq'] !== 'number') {
    return foreignStreamError();
  }
  const message = 'the server sent a message that this version cannot read: update the client';
  return new TaskwireClientError('INTERNAL', message);
}

/**
 * Calls back code of the caller. An error that it throws becomes an uncaught exception, as in an event listener, and
 * does not stop the watch.
 */
export function reportThrown(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

import type { TaskwireClientError } from '../errors/client-error.ts';
import { MessageQueue } from './message-queue.ts';
import { reportThrown } from './report-thrown.ts';
import { StreamWatch, type WatchedStream } from './stream-watch.ts';

/** What every watch takes. */
export interface StreamOptions {
  /** The `seq` of the last message that is known already; everything after it comes. */
  lastEventId?: string | undefined;
  /** Ends the iteration, quietly. */
  signal?: AbortSignal | undefined;
  /** Told when the stream is up and when it is away; the watch comes back by itself. */
  onConnectionChange?: ((state: 'connected' | 'away', error?: TaskwireClientError) => void) | undefined;
}

/** One reading of a stream's messages; closes it when the reader leaves. `running` has one entry that ends it. */
export function openWatch<Data, Message>(
  stream: WatchedStream<Data, Message>,
  running: Set<() => void>,
  { signal, onConnectionChange }: StreamOptions,
): AsyncIterableIterator<Message, undefined> {
  const watch = new StreamWatch<Data, Message>(stream, {
    message: (message) => messages.push(message),
    connection: (state, error) => reportThrown(() => onConnectionChange?.(state, error)),
    end: () => messages.end(),
    fail: (error) => messages.end(error),
  });
  const stop = () => messages.end();
  const messages = new MessageQueue<Message>(() => {
    running.delete(stop);
    signal?.removeEventListener('abort', stop);
    watch.close();
  });
  if (signal?.aborted === true) {
    stop();
    return messages;
  }
  running.add(stop);
  signal?.addEventListener('abort', stop, { once: true });
  watch.start();
  return messages;
}

import type { TaskwireClientError } from '../errors/client-error.ts';
import { MessageQueue } from './message-queue.ts';
import { StreamWatch } from './stream-watch.ts';
import { reportThrown, type WatchedStream } from './watched-stream.ts';

/** Options of every watch. */
export interface StreamOptions {
  /** `seq` of the last message that the caller has; the watch delivers the messages after it. */
  lastEventId?: string | undefined;
  /** Ends the iteration without an error. */
  signal?: AbortSignal | undefined;
  /** Called when the stream is connected or away. The watch reconnects by itself. */
  onConnectionChange?: ((state: 'connected' | 'away', error?: TaskwireClientError) => void) | undefined;
}

/** Opens a watch and iterates its messages. It closes when the reader leaves. Its entry in `running` ends it. */
export function openWatch<Message>(
  stream: WatchedStream<Message>,
  running: Set<() => void>,
  { signal, onConnectionChange }: StreamOptions,
): AsyncIterableIterator<Message, undefined> {
  const watch = new StreamWatch<Message>(stream, {
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

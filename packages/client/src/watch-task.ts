import { parseCursor } from '@taskwire/protocol';
import type { AppRouter } from '@taskwire/router';
import type { TaskKind, TaskMessage } from '@taskwire/tasks';
import type { TRPCClient } from '@trpc/client';
import type { TaskwireClientError } from './client-error.ts';
import { MessageQueue } from './message-queue.ts';
import { Position } from './position.ts';
import { TaskWatch } from './task-watch.ts';

export interface WatchOptions<Kind extends TaskKind = TaskKind> {
  /** The task's kind, if it is known: messages then have its types, and are checked for them. */
  kind?: Kind | undefined;
  /** The `seq` of the last message that is known already; everything after it comes. */
  lastEventId?: string | undefined;
  /** Ends the iteration, quietly. */
  signal?: AbortSignal | undefined;
  /** Told when the stream is up and when it is away; the watch comes back by itself. */
  onConnectionChange?: ((state: 'connected' | 'away', error?: TaskwireClientError) => void) | undefined;
}

/** Where watches come from and who else may end them. */
export interface WatchSource {
  trpc: TRPCClient<AppRouter>;
  /** One entry for each running watch: ends it. */
  running: Set<() => void>;
}

/**
 * One reading of a task's messages; closes its stream when the reader leaves.
 * @throws TaskwireError INVALID_INPUT if `lastEventId` is not a cursor.
 */
export function openWatch<Kind extends TaskKind>(
  source: WatchSource,
  taskId: string,
  options: WatchOptions<Kind>,
): AsyncIterableIterator<TaskMessage<Kind>, undefined> {
  const { kind, signal } = options;
  const target = { taskId, kind, position: new Position(parseCursor(options.lastEventId)) };
  const watch = new TaskWatch<Kind>(source.trpc, target, {
    message: (message) => messages.push(message),
    connection: (state, error) => options.onConnectionChange?.(state, error),
    end: () => messages.end(),
    fail: (error) => messages.end(error),
  });
  const stop = () => messages.end();
  const messages = new MessageQueue<TaskMessage<Kind>>(() => {
    source.running.delete(stop);
    signal?.removeEventListener('abort', stop);
    watch.close();
  });
  if (signal?.aborted === true) {
    stop();
    return messages;
  }
  source.running.add(stop);
  signal?.addEventListener('abort', stop, { once: true });
  watch.start();
  return messages;
}

import { parseCursor } from '@taskwire/protocol';
import type { AppRouter } from '@taskwire/router';
import type { AnyKind, TaskMessage } from '@taskwire/tasks';
import type { TRPCClient } from '@trpc/client';
import { openWatch, type StreamOptions } from './open-watch.ts';
import { Position } from './position.ts';
import { TaskStream } from './task-stream.ts';

export interface WatchOptions<Kind extends AnyKind = AnyKind> extends StreamOptions {
  /** Kind of the task, if it is known: messages are checked against it and have its types. */
  kind?: Kind | undefined;
}

/** The tRPC client of watches, and the way to end them all. */
export interface WatchSource {
  trpc: TRPCClient<AppRouter>;
  /** For each running watch, a function that ends it. */
  running: Set<() => void>;
}

/**
 * Opens a watch of a task and iterates its messages. The stream closes when the reader leaves.
 * @throws TaskwireError INVALID_INPUT if `lastEventId` is not a cursor.
 */
export function openTaskWatch<Kind extends AnyKind>(
  { trpc, running }: WatchSource,
  taskId: string,
  options: WatchOptions<Kind>,
): AsyncIterableIterator<TaskMessage<Kind>, undefined> {
  const position = new Position(parseCursor(options.lastEventId));
  return openWatch(new TaskStream<Kind>(trpc, { taskId, kind: options.kind, position }), running, options);
}

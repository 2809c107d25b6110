import { parseCursor } from '@taskwire/protocol';
import type { AppRouter } from '@taskwire/router';
import type { AnyKind, TaskMessage } from '@taskwire/tasks';
import type { TRPCClient } from '@trpc/client';
import { openWatch, type StreamOptions } from './open-watch.ts';
import { Position } from './position.ts';
import { TaskStream } from './task-stream.ts';

export interface WatchOptions<Kind extends AnyKind = AnyKind> extends StreamOptions {
  /** The task's kind, if it is known: messages then have its types, and are checked for them. */
  kind?: Kind | undefined;
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
export function openTaskWatch<Kind extends AnyKind>(
  { trpc, running }: WatchSource,
  taskId: string,
  options: WatchOptions<Kind>,
): AsyncIterableIterator<TaskMessage<Kind>, undefined> {
  const position = new Position(parseCursor(options.lastEventId));
  return openWatch(new TaskStream<Kind>(trpc, { taskId, kind: options.kind, position }), running, options);
}

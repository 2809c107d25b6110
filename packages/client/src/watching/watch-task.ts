import { parseCursor } from '@taskwire/protocol';
import type { TaskSelection } from '@taskwire/tasks';
import type { SelectedMessage } from '../tasks/selected-types.ts';
import type { Procedures } from '../transport/procedures.ts';
import { openWatch, type StreamOptions } from './open-watch.ts';
import { Position } from './position.ts';
import { TaskStream } from './task-stream.ts';

export interface WatchOptions<Selection extends TaskSelection = undefined> extends StreamOptions {
  /** The task's kind, or a list of kinds: messages are checked against it and have its types. */
  task?: Selection;
}

/** The procedures of watches, and the way to end them all. */
export interface WatchSource {
  procedures: Procedures;
  /** For each running watch, a function that ends it. */
  running: Set<() => void>;
}

/**
 * Opens a watch of a task and iterates its messages. The stream closes when the reader leaves.
 * @throws TaskwireError INVALID_INPUT if `lastEventId` is not a cursor.
 */
export function openTaskWatch<Selection extends TaskSelection>(
  { procedures, running }: WatchSource,
  target: { taskId: string; selection: Selection },
  options: StreamOptions,
): AsyncIterableIterator<SelectedMessage<Selection>, undefined> {
  const position = new Position(parseCursor(options.lastEventId));
  return openWatch(new TaskStream<Selection>(procedures, { ...target, position }), running, options);
}

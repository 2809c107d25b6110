import { formatCursor, initialTaskState, isTerminalMessage, readMessage, type TaskState } from '@taskwire/protocol';
import type { AppRouter } from '@taskwire/router';
import type { AnyKind, TaskMessage } from '@taskwire/tasks';
import type { TRPCClient } from '@trpc/client';
import type { Position } from './position.ts';
import { unreadableMessage, type StreamHandlers, type WatchedStream } from './watched-stream.ts';
import { typeMessage } from '../typed.ts';

export interface WatchTarget<Kind extends AnyKind> {
  taskId: string;
  kind: Kind | undefined;
  position: Position;
}

/** The messages of one task, up to the terminal message. */
export class TaskStream<Kind extends AnyKind> implements WatchedStream<TaskMessage, TaskMessage<Kind>> {
  /**
   * No cursor, so that the server sends the terminal snapshot. With a cursor at the end of an ended task, it sends only
   * the end of the stream, but each watch ends with a terminal message.
   */
  readonly cursorAtEnd = undefined;
  readonly #trpc: TRPCClient<AppRouter>;
  readonly #target: WatchTarget<Kind>;

  constructor(trpc: TRPCClient<AppRouter>, target: WatchTarget<Kind>) {
    this.#trpc = trpc;
    this.#target = target;
  }

  get cursor(): number | undefined {
    return this.#target.position.cursor;
  }

  subscribe(cursor: number | undefined, handlers: StreamHandlers<TaskMessage>) {
    const { taskId } = this.#target;
    const input = cursor === undefined ? { taskId } : { taskId, lastEventId: formatCursor(cursor) };
    return this.#trpc.task.onProgress.subscribe(input, handlers);
  }

  take(message: TaskMessage): TaskMessage<Kind> | undefined {
    const { position, kind } = this.#target;
    const read = readMessage(message, this.#known());
    // Without a known state, the following messages cannot be read either.
    if (read === undefined || (position.cursor === undefined && read.type === 'unreadable')) {
      throw unreadableMessage(message);
    }
    const typed = typeMessage(kind, read, position.snapshot?.state.kind);
    return position.take(read) ? typed : undefined;
  }

  isLast(message: TaskMessage<Kind>): boolean {
    return isTerminalMessage(message);
  }

  /** State at the cursor; for a new watcher, the state of an unknown task. */
  #known(): TaskState {
    const { taskId, position } = this.#target;
    return position.snapshot?.state ?? { ...initialTaskState({ taskId, projectId: '', kind: '' }), status: 'running' };
  }
}

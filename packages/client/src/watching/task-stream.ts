import { formatCursor, initialTaskState, isTerminalMessage, readMessage, type TaskState } from '@taskwire/protocol';
import type { TaskSelection } from '@taskwire/tasks';
import { readSelectedMessage } from '../tasks/read-selected.ts';
import type { SelectedMessage } from '../tasks/selected-types.ts';
import { isList } from '../tasks/selection.ts';
import { readSentTask } from '../transport/answers.ts';
import type { Procedures } from '../transport/procedures.ts';
import type { Position } from './position.ts';
import { unreadableMessage, type StreamHandlers, type WatchedStream } from './watched-stream.ts';

export interface WatchTarget<Selection extends TaskSelection> {
  taskId: string;
  selection: Selection;
  position: Position;
}

/** The messages of one task, up to the terminal message. */
export class TaskStream<Selection extends TaskSelection> implements WatchedStream<SelectedMessage<Selection>> {
  /**
   * No cursor, so that the server sends the terminal snapshot. With a cursor at the end of an ended task, it sends only
   * the end of the stream, but each watch ends with a terminal message.
   */
  readonly cursorAtEnd = undefined;
  readonly #procedures: Procedures;
  readonly #target: WatchTarget<Selection>;
  /** The task's kind, if it was asked for. */
  #kind: string | undefined;
  #hasEnded = false;

  constructor(procedures: Procedures, target: WatchTarget<Selection>) {
    this.#procedures = procedures;
    this.#target = target;
  }

  get cursor(): number | undefined {
    return this.#target.position.cursor;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** A list of kinds needs the task's kind, and a watch from a cursor gets no snapshot with it. */
  prepare(): Promise<void> | undefined {
    const { taskId, selection, position } = this.#target;
    const isKnown = this.#knownKind() !== undefined || position.cursor === undefined;
    if (isKnown || !isList(selection)) return undefined;
    return this.#procedures.query('task.get', { taskId }).then((answer) => {
      this.#kind = readSentTask(answer).kind;
    });
  }

  subscribe(cursor: number | undefined, handlers: StreamHandlers) {
    const { taskId } = this.#target;
    const input = cursor === undefined ? { taskId } : { taskId, lastEventId: formatCursor(cursor) };
    return this.#procedures.subscribe('task.onProgress', input, handlers);
  }

  take(data: unknown): SelectedMessage<Selection> | undefined {
    const { position, selection } = this.#target;
    const read = readMessage(data, this.#known());
    // Without a known state, the following messages cannot be read either.
    if (read === undefined || (position.cursor === undefined && read.type === 'unreadable')) {
      throw unreadableMessage(data);
    }
    const typed = readSelectedMessage<Selection>(selection, read, this.#knownKind());
    if (!position.take(read)) return undefined;
    this.#hasEnded = isTerminalMessage(read);
    return typed;
  }

  #knownKind(): string | undefined {
    return this.#target.position.snapshot?.state.kind ?? this.#kind;
  }

  /** State at the cursor; for a new watcher, the state of an unknown task. */
  #known(): TaskState {
    const { taskId, position } = this.#target;
    return position.snapshot?.state ?? unknownState(taskId);
  }
}

/** The state of a task of which nothing is known. */
export function unknownState(taskId: string): TaskState {
  return { ...initialTaskState({ taskId, projectId: '', kind: '' }), status: 'running' };
}

import type { TaskSelection } from '@taskwire/tasks';
import type { TaskwireClientError } from '../errors/client-error.ts';
import { Position } from '../watching/position.ts';
import { StreamWatch } from '../watching/stream-watch.ts';
import { reportThrown } from '../watching/watched-stream.ts';
import { TaskStream } from '../watching/task-stream.ts';
import { EMPTY_VIEW, type ConnectionState, type TaskView } from './task-view.ts';
import { readSelectedState } from '../tasks/read-selected.ts';
import type { SelectedMessage } from '../tasks/selected-types.ts';
import type { Procedures } from '../transport/procedures.ts';

/** A task's view to subscribe to. It fits React's `useSyncExternalStore`. */
export interface TaskStore<Selection extends TaskSelection = undefined> {
  /** The first subscriber opens the stream; the last to leave closes it. Returns the function to leave. */
  subscribe: (listener: () => void) => () => void;
  /** The view: the same object until it changes. */
  getSnapshot: () => TaskView<Selection>;
}

/**
 * The view of one task, and its subscribers.
 *
 * Modes (`view.connection`) and transitions:
 *   idle → connecting: the first subscriber arrives, and no state is known
 *   idle → reconnecting: the first subscriber arrives again; the stream continues at the cursor
 *   connecting → live: the first message arrives
 *   live ⇄ reconnecting: the stream is away, or back
 *   any → ended: the terminal message has arrived; the task is not watched again
 *   any → failed: reconnecting cannot help; the next first subscriber tries again
 *   connecting, live, reconnecting → idle: the last subscriber leaves, or `close`
 */
export class WatchedTask<Selection extends TaskSelection> implements TaskStore<Selection> {
  readonly taskId: string;
  readonly selection: Selection;
  readonly #procedures: Procedures;
  readonly #position = new Position(undefined);
  readonly #listeners = new Set<() => void>();
  #watch: StreamWatch<SelectedMessage<Selection>> | undefined;
  #view: TaskView<Selection> = EMPTY_VIEW;

  constructor(procedures: Procedures, target: { taskId: string; selection: Selection }) {
    this.#procedures = procedures;
    this.taskId = target.taskId;
    this.selection = target.selection;
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  readonly getSnapshot = (): TaskView<Selection> => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    // Wrapped, so that a listener that subscribes twice is called twice and leaves twice.
    const entry = () => listener();
    this.#listeners.add(entry);
    if (this.#watch === undefined && this.#view.connection !== 'ended') this.#open();
    return () => {
      if (this.#listeners.delete(entry) && !this.isWatched) this.close();
    };
  };

  /** Closes the stream, even with subscribers. */
  close(): void {
    if (this.#watch === undefined) return;
    this.#watch.close();
    this.#watch = undefined;
    this.#setConnection('idle', undefined);
  }

  #open(): void {
    const { taskId, selection } = this;
    this.#setConnection(this.#awayState(), undefined);
    const stream = new TaskStream<Selection>(this.#procedures, { taskId, selection, position: this.#position });
    this.#watch = new StreamWatch(stream, {
      message: (message) => this.#receive(message),
      connection: (state, error) => this.#connectionChanged(state, error),
      end: () => this.#finish('ended', undefined),
      fail: (error) => this.#finish('failed', error),
    });
    this.#watch.start();
  }

  #receive(message: SelectedMessage<Selection>): void {
    const { snapshot, gap } = this.#position;
    if (snapshot === undefined) return;
    this.#show({
      connection: 'live',
      seq: snapshot.seq,
      state: readSelectedState<Selection>(this.selection, snapshot.state),
      lastMessage: message,
      gap,
      error: undefined,
    });
  }

  /** Only a view with a state can be live. The reason for being away stays until the stream is back. */
  #connectionChanged(state: 'connected' | 'away', error: TaskwireClientError | undefined): void {
    if (state === 'away') return this.#setConnection(this.#awayState(), error ?? this.#view.error);
    if (this.#view.state !== undefined) this.#setConnection('live', undefined);
  }

  #awayState(): ConnectionState {
    return this.#view.state === undefined ? 'connecting' : 'reconnecting';
  }

  #finish(connection: 'ended' | 'failed', error: TaskwireClientError | undefined): void {
    this.#watch = undefined;
    this.#setConnection(connection, error);
  }

  #setConnection(connection: ConnectionState, error: TaskwireClientError | undefined): void {
    if (connection === this.#view.connection && error === this.#view.error) return;
    this.#show({ ...this.#view, connection, error });
  }

  #show(view: TaskView<Selection>): void {
    this.#view = view;
    for (const listener of [...this.#listeners]) reportThrown(listener);
  }
}

import type { AppRouter } from '@taskwire/router';
import type { AnyKind, TaskMessage } from '@taskwire/tasks';
import type { TRPCClient } from '@trpc/client';
import type { TaskwireClientError } from '../errors/client-error.ts';
import { Position } from '../watching/position.ts';
import { reportThrown } from '../watching/report-thrown.ts';
import { StreamWatch } from '../watching/stream-watch.ts';
import { TaskStream } from '../watching/task-stream.ts';
import { EMPTY_VIEW, type ConnectionState, type TaskView } from './task-view.ts';
import { typeState } from '../watching/typed.ts';

/** A task's view as something to subscribe to; fits React's `useSyncExternalStore` as it is. */
export interface TaskStore<Kind extends AnyKind = AnyKind> {
  /** The first subscriber opens the stream, the last one to leave closes it. Returns the way to leave. */
  subscribe: (listener: () => void) => () => void;
  /** The same object until something changes. */
  getSnapshot: () => TaskView<Kind>;
}

/**
 * idle → connecting → live ⇄ reconnecting → ended | failed, and back to idle when the last subscriber leaves. Whoever
 * subscribes again goes on from the cursor; an ended task is not asked for again, a failed one is.
 */
export class WatchedTask<Kind extends AnyKind> implements TaskStore<Kind> {
  readonly taskId: string;
  readonly kind: Kind | undefined;
  readonly #trpc: TRPCClient<AppRouter>;
  readonly #position = new Position(undefined);
  readonly #listeners = new Set<() => void>();
  #watch: StreamWatch<TaskMessage, TaskMessage<Kind>> | undefined;
  #view: TaskView<Kind> = EMPTY_VIEW;

  constructor(trpc: TRPCClient<AppRouter>, target: { taskId: string; kind: Kind | undefined }) {
    this.#trpc = trpc;
    this.taskId = target.taskId;
    this.kind = target.kind;
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  readonly getSnapshot = (): TaskView<Kind> => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    // Wrapped, so that a listener that subscribes twice is told twice and leaves twice.
    const entry = () => listener();
    this.#listeners.add(entry);
    if (this.#watch === undefined && this.#view.connection !== 'ended') this.#open();
    return () => {
      if (this.#listeners.delete(entry) && !this.isWatched) this.close();
    };
  };

  /** Closes the stream, whoever is still subscribed. */
  close(): void {
    if (this.#watch === undefined) return;
    this.#watch.close();
    this.#watch = undefined;
    this.#standing('idle', undefined);
  }

  #open(): void {
    const { taskId, kind } = this;
    this.#standing(this.#waiting(), undefined);
    const stream = new TaskStream<Kind>(this.#trpc, { taskId, kind, position: this.#position });
    this.#watch = new StreamWatch(stream, {
      message: (message) => this.#receive(message),
      connection: (state, error) => this.#connectionChanged(state, error),
      end: () => this.#over('ended', undefined),
      fail: (error) => this.#over('failed', error),
    });
    this.#watch.start();
  }

  #receive(message: TaskMessage<Kind>): void {
    const { snapshot } = this.#position;
    if (snapshot === undefined) return;
    this.#show({
      connection: 'live',
      seq: snapshot.seq,
      state: typeState(this.kind, snapshot.state),
      lastMessage: message,
      gap: (message.type === 'snapshot' ? message.gap : undefined) ?? this.#view.gap,
      error: undefined,
    });
  }

  /** Only what has a state can be live; and why it is away stays said until it is back. */
  #connectionChanged(state: 'connected' | 'away', error: TaskwireClientError | undefined): void {
    if (state === 'away') return this.#standing(this.#waiting(), error ?? this.#view.error);
    if (this.#view.state !== undefined) this.#standing('live', undefined);
  }

  #waiting(): ConnectionState {
    return this.#view.state === undefined ? 'connecting' : 'reconnecting';
  }

  #over(connection: 'ended' | 'failed', error: TaskwireClientError | undefined): void {
    this.#watch = undefined;
    this.#standing(connection, error);
  }

  #standing(connection: ConnectionState, error: TaskwireClientError | undefined): void {
    if (connection === this.#view.connection && error === this.#view.error) return;
    this.#show({ ...this.#view, connection, error });
  }

  #show(view: TaskView<Kind>): void {
    this.#view = view;
    for (const listener of [...this.#listeners]) reportThrown(listener);
  }
}

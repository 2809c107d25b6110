import type { Position, Watching } from '@taskwire/event-log';
import type { Connection } from '../connection/connection.ts';
import { Pace } from './pace.ts';

/** New messages of the log, and the leader's position before and after them. */
export interface LeaderStep<Message, Filter> {
  watching: Watching<Message, Filter>;
  messages: readonly Message[];
  from: Position;
  position: Position;
}

export interface LeaderDependencies<Message, Filter> {
  /** Called for each step that has messages. It must not wait: no connection may join during a step. */
  onStep: (step: LeaderStep<Message, Filter>) => void;
  /** Called at the end of the log. */
  onEnd: () => void;
  onFailure: (error: unknown) => void;
}

/**
 * Reads a log, without a filter, for all connections of a broadcast that have caught up.
 *
 * - idle: no connection has caught up with the log yet. There is no position.
 * - leading: the first connection that has caught up starts it. Each step reads all new messages and moves the position.
 * - over: the log has ended, reading has failed, or `close` was called. No step follows.
 */
export class Leader<Message, Filter> {
  readonly #dependencies: LeaderDependencies<Message, Filter>;
  readonly #pace = new Pace();
  readonly #closing = new AbortController();
  /** Connections that have caught up with the log, but not with the leader. Each is called at the next step. */
  readonly #waiting = new Map<Connection, () => void>();
  #position: Position | undefined;

  constructor(dependencies: LeaderDependencies<Message, Filter>) {
    this.#dependencies = dependencies;
  }

  get position(): Position | undefined {
    return this.#position;
  }

  /** Idle → leading, after the entry with this seq. */
  start(watching: Watching<Message, Filter>, seq: number): void {
    this.#position = { deliveredSeq: seq, seenSeq: seq };
    void this.#lead(watching, this.#position);
  }

  /** Resolves after the next step, or when `forget` or `close` is called. */
  nextStep(connection: Connection): Promise<void> {
    return new Promise((resolve) => void this.#waiting.set(connection, resolve));
  }

  forget(connection: Connection): void {
    this.#waiting.get(connection)?.();
    this.#waiting.delete(connection);
  }

  close(): void {
    this.#closing.abort();
    this.#wake();
  }

  async #lead(watching: Watching<Message, Filter>, begin: Position): Promise<void> {
    const { signal } = this.#closing;
    const watcher = watching.watcherAt(begin);
    let from = begin;
    try {
      while (!signal.aborted) {
        const { version } = watcher.feed;
        const messages = await watcher.next();
        const position = watcher.position ?? from;
        this.#step({ watching, messages, from, position });
        from = position;
        if (watcher.ended) return this.#dependencies.onEnd();
        if (messages.length > 0) continue;
        await watcher.feed.changed(version, signal);
        await this.#pace.hold(signal);
      }
    } catch (error) {
      this.#dependencies.onFailure(error);
    }
  }

  #step(step: LeaderStep<Message, Filter>): void {
    this.#position = step.position;
    if (step.messages.length > 0) {
      this.#pace.sent(step.messages.length);
      this.#dependencies.onStep(step);
    }
    this.#wake();
  }

  #wake(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

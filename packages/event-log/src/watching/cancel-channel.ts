import type { Redis } from 'ioredis';
import { CANCEL_CHANNEL, type TaskAddress } from '../log/keys.ts';

/** Tells the worker of a task about its cancel. */
export interface EventLogCancels {
  /**
   * Calls `onCancel` soon after a cancel of the task is asked for, and when such a message may have been lost. Messages can
   * be forged: the log's status says whether a cancel was asked for.
   * @returns a function that ends it.
   */
  onCancelRequested(task: Pick<TaskAddress, 'taskId'>, onCancel: () => void): () => void;
}

/**
 * The cancel channel, for all tasks that a process runs: one subscription over the subscriber connection.
 *
 * Unsubscribed → subscribed by the first listener, and again after each lost connection. It stays subscribed until the
 * connection ends. A message may be forged or lost: a listener looks into the log, which is the truth.
 */
export class CancelChannel {
  readonly #subscriber: Redis;
  /** By task id. */
  readonly #listeners = new Map<string, Set<() => void>>();
  #isWanted = false;

  constructor(subscriber: Redis) {
    this.#subscriber = subscriber;
    subscriber.on('message', (channel: string, taskId: string) => {
      if (channel === CANCEL_CHANNEL) this.#call(taskId);
    });
    subscriber.on('ready', () => {
      if (this.#isWanted) void this.#subscribe();
    });
  }

  /** See `onCancelRequested`. */
  listen(taskId: string, onCancel: () => void): () => void {
    const listeners = this.#listeners.get(taskId) ?? new Set();
    this.#listeners.set(taskId, listeners.add(onCancel));
    if (!this.#isWanted) void this.#subscribe();
    this.#isWanted = true;
    return () => {
      listeners.delete(onCancel);
      if (listeners.size === 0 && this.#listeners.get(taskId) === listeners) this.#listeners.delete(taskId);
    };
  }

  /** Messages before the subscription are lost, so each listener looks into its log afterwards. */
  async #subscribe(): Promise<void> {
    try {
      await this.#subscriber.subscribe(CANCEL_CHANNEL);
    } catch {
      // The connection was lost, and the next `ready` repeats this; or Redis refuses, and listeners are not called.
      return;
    }
    for (const taskId of this.#listeners.keys()) this.#call(taskId);
  }

  #call(taskId: string): void {
    for (const onCancel of this.#listeners.get(taskId) ?? []) onCancel();
  }
}

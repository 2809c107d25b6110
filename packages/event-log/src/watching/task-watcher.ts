import type { TaskMessage } from '@taskwire/protocol';
import type { TaskFeed } from './task-feed.ts';
import type { Position, Watcher } from './watcher.ts';

/** Number of events behind which a watcher gets merged tokens, progress and data (MUST 10). */
const LAGGING_EVENTS = 32;

/** Pulls the messages of one watcher of a task (MUSTs 3, 4, 7). */
export class TaskWatcher implements Watcher<TaskMessage> {
  readonly feed: TaskFeed;
  #seq: number | undefined;

  /** @param position of the watcher; undefined for a new one. */
  constructor(feed: TaskFeed, position: Position | undefined) {
    this.feed = feed;
    this.#seq = position?.deliveredSeq;
  }

  get ended(): boolean {
    return this.feed.ended && this.#seq === this.feed.seq;
  }

  get position(): Position | undefined {
    return this.#seq === undefined ? undefined : { deliveredSeq: this.#seq, seenSeq: this.#seq };
  }

  async next(limit?: number): Promise<readonly TaskMessage[]> {
    this.feed.throwIfClosed();
    if (this.#seq === undefined) return [this.#deliver(this.feed.messages.snapshot(this.feed.snapshot))];
    const events = await this.feed.after(this.#seq, limit);
    if (events === 'gone') {
      const standIn = await this.feed.standIn(this.#seq);
      return [this.#deliver(this.feed.messages.gap(this.#seq, standIn))];
    }
    this.#seq = events.at(-1)?.seq ?? this.#seq;
    return events.length > LAGGING_EVENTS ? this.feed.messages.merged(events) : events;
  }

  #deliver(message: TaskMessage): TaskMessage {
    this.#seq = message.seq;
    return message;
  }
}

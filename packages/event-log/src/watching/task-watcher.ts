import { compact, type SnapshotMessage, type TaskMessage, type TaskSnapshot } from '@taskwire/protocol';
import type { TaskFeed } from './task-feed.ts';
import type { Watcher } from './watcher.ts';

/** A watcher that is more events behind than this is told of tokens and progress in fewer, merged ones (MUST 10). */
const LAGGING_EVENTS = 32;

/** Tells one watcher of a task (MUSTs 3, 4, 7). */
export class TaskWatcher implements Watcher<TaskMessage> {
  readonly feed: TaskFeed;
  #seq: number | undefined;

  /** @param cursor the last seq that the watcher has; undefined for a new one. */
  constructor(feed: TaskFeed, cursor: number | undefined) {
    this.feed = feed;
    this.#seq = cursor;
  }

  get ended(): boolean {
    return this.feed.ended && this.#seq === this.feed.seq;
  }

  async next(): Promise<readonly TaskMessage[]> {
    if (this.#seq === undefined) return [this.#snapshot(this.feed.head)];
    const events = await this.feed.after(this.#seq);
    if (events === 'gone') return [await this.#gap(this.#seq)];
    this.#seq = events.at(-1)?.seq ?? this.#seq;
    return events.length > LAGGING_EVENTS ? compact(events) : events;
  }

  #snapshot(snapshot: TaskSnapshot): SnapshotMessage {
    this.#seq = snapshot.seq;
    return { type: 'snapshot', ...snapshot };
  }

  /** What the events after a cursor being gone looks like to the watcher. */
  async #gap(cursor: number): Promise<SnapshotMessage> {
    const snapshot = await this.feed.standIn(cursor);
    return { ...this.#snapshot(snapshot), gap: gapBetween(cursor, snapshot.seq) };
  }
}

/** Which events a watcher does not get that had everything up to `cursor` and goes on after `seq`. */
export function gapBetween(cursor: number, seq: number): { from: number; to: number } {
  return cursor < seq ? { from: cursor + 1, to: seq } : { from: seq + 1, to: cursor };
}

import type { TopicMessage, TopicSnapshot } from '@taskwire/protocol';
import type { Position, Watcher } from '../watching/watcher.ts';
import { selectEvents } from './select-events.ts';
import type { TopicFeed } from './topic-feed.ts';
import type { TopicFilter } from './topic-filter.ts';

/** Tells one watcher of a topic (MUSTs 3, 4), which never ends. */
export class TopicWatcher implements Watcher<TopicMessage> {
  readonly feed: TopicFeed;
  readonly ended = false;
  readonly #filter: TopicFilter;
  /** Up to where the watcher was told, and up to where the log was looked at for it. */
  #told: number | undefined;
  #seen: number;

  /** @param position up to where the watcher was told; undefined for a new one. */
  constructor(feed: TopicFeed, position: Position | undefined, filter: TopicFilter = {}) {
    this.feed = feed;
    this.#filter = filter;
    this.#told = position?.told;
    this.#seen = position?.seen ?? 0;
  }

  get position(): Position | undefined {
    return this.#told === undefined ? undefined : { told: this.#told, seen: this.#seen };
  }

  async next(limit?: number): Promise<readonly TopicMessage[]> {
    this.feed.throwIfInterrupted();
    const told = this.#told;
    if (told === undefined) return [this.#begin(await this.feed.snapshot())];
    for (;;) {
      const entries = await this.feed.after(this.#seen, limit);
      if (entries === 'gone') return [this.#begin(await this.feed.gap(told))];
      const last = entries.at(-1);
      if (last === undefined) return [];
      this.#seen = last.seq;
      const events = entries.map((entry) => this.feed.messageOf(entry));
      const request = { events, filter: this.#filter, told, seen: this.#seen };
      const selected = selectEvents(request, this.feed.withFromSeq);
      if (selected.messages.length === 0) continue;
      this.#told = selected.told;
      return selected.messages;
    }
  }

  #begin(snapshot: TopicSnapshot): TopicSnapshot {
    this.#told = snapshot.seq;
    this.#seen = snapshot.seq;
    return snapshot;
  }
}

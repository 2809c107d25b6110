import type { TopicMessage, TopicSnapshot } from '@taskwire/protocol';
import type { Position, Watcher } from '../watching/watcher.ts';
import { selectEvents } from './select-events.ts';
import type { TopicFeed } from './topic-feed.ts';
import type { TopicFilter } from './topic-filter.ts';

/** Pulls the messages of one watcher of a topic (MUSTs 3, 4). A topic never ends. */
export class TopicWatcher implements Watcher<TopicMessage> {
  readonly feed: TopicFeed;
  readonly ended = false;
  readonly #filter: TopicFilter;
  /** See `Position`. */
  #deliveredSeq: number | undefined;
  #seenSeq: number;

  /** @param position of the watcher; undefined for a new one. */
  constructor(feed: TopicFeed, position: Position | undefined, filter: TopicFilter = {}) {
    this.feed = feed;
    this.#filter = filter;
    this.#deliveredSeq = position?.deliveredSeq;
    this.#seenSeq = position?.seenSeq ?? 0;
  }

  get position(): Position | undefined {
    return this.#deliveredSeq === undefined ? undefined : { deliveredSeq: this.#deliveredSeq, seenSeq: this.#seenSeq };
  }

  async next(limit?: number): Promise<readonly TopicMessage[]> {
    this.feed.throwIfClosed();
    const deliveredSeq = this.#deliveredSeq;
    if (deliveredSeq === undefined) return [this.#begin(await this.feed.snapshot())];
    for (;;) {
      const entries = await this.feed.after(this.#seenSeq, limit);
      if (entries === 'gone') return [this.#begin(await this.feed.gap(deliveredSeq))];
      const last = entries.at(-1);
      if (last === undefined) return [];
      this.#seenSeq = last.seq;
      const events = entries.map((entry) => this.feed.messageOf(entry));
      const request = { events, filter: this.#filter, deliveredSeq, seenSeq: this.#seenSeq };
      const selected = selectEvents(request, this.feed.withFromSeq);
      if (selected.messages.length === 0) continue;
      this.#deliveredSeq = selected.deliveredSeq;
      return selected.messages;
    }
  }

  #begin(snapshot: TopicSnapshot): TopicSnapshot {
    this.#deliveredSeq = snapshot.seq;
    this.#seenSeq = snapshot.seq;
    return snapshot;
  }
}

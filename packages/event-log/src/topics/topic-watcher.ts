import type { TaskEvent, TaskEventType, TopicMessage, TopicSnapshot } from '@taskwire/protocol';
import type { TopicEntry } from '../log/entry.ts';
import type { TopicFeed } from './topic-feed.ts';
import type { Position, Watcher } from '../watching/watcher.ts';

/** With so many events that a filter holds back, the watcher's cursor is moved all the same. */
const SKIPPED_TOLD = 1_000;

/** What a watcher wants to be told: events of these stages, of these types. Absent: of all. */
export interface TopicFilter {
  stages?: readonly string[] | undefined;
  types?: readonly TaskEventType[] | undefined;
}

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

  skip(): TopicMessage | undefined {
    const told = this.#told;
    if (told === undefined || told === this.#seen) return undefined;
    this.#told = this.#seen;
    return { type: 'skipped', fromSeq: told + 1, seq: this.#seen };
  }

  async next(): Promise<readonly TopicMessage[]> {
    this.feed.throwIfInterrupted();
    const told = this.#told;
    if (told === undefined) return [this.#begin(await this.feed.snapshot())];
    for (;;) {
      const entries = await this.feed.after(this.#seen);
      if (entries === 'gone') return [this.#begin(await this.feed.gap(told))];
      const last = entries.at(-1);
      if (last === undefined) return [];
      this.#seen = last.seq;
      const messages = this.#messagesOf(entries, told);
      if (messages.length > 0) return messages;
    }
  }

  #begin(snapshot: TopicSnapshot): TopicSnapshot {
    this.#told = snapshot.seq;
    this.#seen = snapshot.seq;
    return snapshot;
  }

  #messagesOf(entries: readonly TopicEntry[], before: number): TopicMessage[] {
    const messages: TopicMessage[] = [];
    let told = before;
    for (const entry of entries) {
      const { seq, event } = entry;
      if (!matches(event, this.#filter)) continue;
      const next = seq === told + 1;
      messages.push(next ? this.feed.messageOf(entry) : { type: 'event', seq, fromSeq: told + 1, event });
      told = seq;
    }
    if (this.#seen - told >= SKIPPED_TOLD) {
      messages.push({ type: 'skipped', fromSeq: told + 1, seq: this.#seen });
      told = this.#seen;
    }
    this.#told = told;
    return messages;
  }
}

function matches(event: TaskEvent, { stages, types }: TopicFilter): boolean {
  if (types !== undefined && !types.includes(event.type)) return false;
  if (stages === undefined) return true;
  return 'stage' in event && stages.includes(event.stage);
}

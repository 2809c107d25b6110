import { isDeepStrictEqual } from 'node:util';
import type { TopicEvent, TopicSnapshot } from '@taskwire/protocol';
import { decodeTopicMessage, type TopicEntry } from '../log/entry.ts';
import { Gaps } from '../watching/gaps.ts';
import type { FeedSource } from '../watching/feed/feed-source.ts';
import { Feed } from '../watching/feed/feed.ts';
import { topicKeys, type TopicAddress } from '../log/keys.ts';
import { Signature } from '../log/signature.ts';
import type { WithFromSeq } from './select-events.ts';
import type { TopicLog } from './topic-log.ts';

/** Most values of `fromSeq` that are kept for one event. Clients choose them by their filters. */
const MOST_RANGES = 16;

/** One watched topic. Redis keeps its state; the feed folds nothing. */
export class TopicFeed extends Feed<TopicEntry> {
  readonly #source: TopicSource;
  readonly #messages = new WeakMap<TopicEntry, TopicEvent>();
  readonly #ranges = new WeakMap<TopicEvent, Map<number, TopicEvent>>();
  readonly #gaps = new Gaps<TopicSnapshot>();
  #snapshot: TopicSnapshot | undefined;

  constructor(topic: TopicAddress, log: TopicLog) {
    const source = new TopicSource(topic, log);
    super(source);
    this.#source = source;
  }

  /** The current state, read once for all watchers until the next event. It may be ahead of the feed. */
  async snapshot(): Promise<TopicSnapshot> {
    if (this.#snapshot?.seq !== this.seq) this.#snapshot = await this.#source.snapshot();
    return this.#snapshot;
  }

  /** The current state, in place of events after a cursor that are gone. */
  async gap(cursor: number): Promise<TopicSnapshot> {
    return this.#gaps.message(cursor, await this.snapshot());
  }

  /** The message of an entry, for watchers that have all entries before it: the same object for all of them. */
  messageOf(entry: TopicEntry): TopicEvent {
    const message = this.#messages.get(entry) ?? { type: 'event', seq: entry.seq, event: entry.event };
    this.#messages.set(entry, message);
    return message;
  }

  /** The message for watchers whose filters held back the events before it: the same object for one `fromSeq`. */
  readonly withFromSeq: WithFromSeq = (message, fromSeq) => {
    const known = this.#ranges.get(message) ?? new Map<number, TopicEvent>();
    this.#ranges.set(message, known);
    const { type, seq, event } = message;
    const ranged = known.get(fromSeq) ?? { type, seq, fromSeq, event };
    if (known.size >= MOST_RANGES) known.clear();
    known.set(fromSeq, ranged);
    return ranged;
  };
}

class TopicSource implements FeedSource<TopicEntry> {
  readonly #topic: TopicAddress;
  readonly #log: TopicLog;
  readonly #signature: Signature;
  #snapshot: Promise<TopicSnapshot> | undefined;

  constructor(topic: TopicAddress, log: TopicLog) {
    this.#topic = topic;
    this.#log = log;
    this.#signature = new Signature(topicKeys(topic).channel, () => log.secret(topic));
  }

  snapshot(): Promise<TopicSnapshot> {
    this.#snapshot ??= this.#readSnapshot().finally(() => (this.#snapshot = undefined));
    return this.#snapshot;
  }

  async #readSnapshot(): Promise<TopicSnapshot> {
    return { type: 'snapshot', ...(await this.#log.snapshot(this.#topic)) };
  }

  async begin(): Promise<number> {
    const [{ seq }] = await Promise.all([this.#log.snapshot(this.#topic), this.#signature.ready()]);
    return seq;
  }

  async read(afterSeq: number, limit: number): Promise<TopicEntry[]> {
    const [entries] = await Promise.all([this.#log.read(this.#topic, afterSeq, limit), this.#signature.ready()]);
    return entries;
  }

  decode(message: string): TopicEntry[] {
    return decodeTopicMessage(this.#signature.verified(message), { projectId: this.#topic.projectId });
  }

  apply(): void {
    // Redis keeps the state: `snapshot` reads it.
  }

  async resumeAfterHole(seq: number): Promise<number> {
    const snapshot = await this.#log.snapshot(this.#topic);
    if (snapshot.seq < seq) throw new Error(`the topic ends at ${snapshot.seq}, before ${seq}`);
    return snapshot.seq;
  }

  async repairTail(seq: number, last: TopicEntry | undefined): Promise<number> {
    const [kept] = await this.#log.read(this.#topic, seq - 1, 1);
    const another = last !== undefined && kept?.seq === seq && !isDeepStrictEqual(kept, last);
    await this.#log.snapshot(this.#topic, another ? Number.MAX_SAFE_INTEGER : seq);
    return seq;
  }

  async endsBefore(cursor: number): Promise<boolean> {
    const head = await this.#log.head(this.#topic);
    return head !== undefined && head < cursor;
  }
}

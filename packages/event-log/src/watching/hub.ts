import { TaskwireError } from '@taskwire/protocol';
import type { Redis } from 'ioredis';
import { reachable } from '../connection/connection.ts';

/** Time (ms) for which a feed stays open without watchers: watchers that reconnect find it in memory. */
const LINGER_MS = 5_000;

/** The members of a feed that a hub needs. */
export interface HubFeed {
  open(cursor?: number): Promise<void>;
  receive(message: string): void;
  suspend(): void;
  resumeAfterLoss(): void;
  close(reason?: Error): void;
}

interface Entry<Opened> {
  feed: Opened;
  opened: Promise<void>;
  watchers: number;
  linger?: NodeJS.Timeout;
}

/** A watcher's hold on a feed; it must be released. */
export interface Lease<Opened> {
  feed: Opened;
  release: () => void;
}

/**
 * All watched logs of one sort in this process, over one subscriber connection. Each has one feed for all its watchers. It
 * opens with the first watcher, and closes some seconds after the last one has left.
 */
export class Hub<Address, Opened extends HubFeed> {
  readonly #subscriber: Redis;
  readonly #channelOf: (address: Address) => string;
  readonly #makeFeed: (address: Address) => Opened;
  readonly #entries = new Map<string, Entry<Opened>>();
  /** Channels that were left, but whose unsubscription Redis has not confirmed yet. */
  readonly #left = new Set<string>();
  #interruption: Error | undefined;

  constructor(
    subscriber: Redis,
    dependencies: { channelOf: (address: Address) => string; makeFeed: (address: Address) => Opened },
  ) {
    this.#subscriber = subscriber;
    this.#channelOf = dependencies.channelOf;
    this.#makeFeed = dependencies.makeFeed;
    subscriber.on('message', (channel: string, message: string) => this.#entries.get(channel)?.feed.receive(message));
    subscriber.on('close', () => this.#entries.forEach(({ feed }) => feed.suspend()));
    subscriber.on('ready', () => void this.#resume());
  }

  /** Number of open feeds. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * A hold on the open feed of `address`.
   * @param cursor of the watcher: the first one decides how far back the log is read.
   * @throws the error of opening it; the reason of an interrupt.
   */
  async acquire(address: Address, cursor?: number): Promise<Lease<Opened>> {
    if (this.#interruption !== undefined) throw this.#interruption;
    const channel = this.#channelOf(address);
    const entry = this.#entries.get(channel) ?? this.#openEntry(channel, address, cursor);
    entry.watchers += 1;
    clearTimeout(entry.linger);
    let isHeld = true;
    const release = () => {
      if (isHeld) this.#leave(channel, entry);
      isHeld = false;
    };
    try {
      await entry.opened;
    } catch (error) {
      release();
      throw error;
    }
    return { feed: entry.feed, release };
  }

  interrupt(reason: Error): void {
    this.#interruption = reason;
    for (const entry of this.#entries.values()) entry.feed.close(reason);
  }

  close(): void {
    this.interrupt(this.#interruption ?? new TaskwireError('SERVICE_UNAVAILABLE', 'the server is stopping'));
    for (const [channel, entry] of this.#entries) this.#closeEntry(channel, entry);
  }

  #openEntry(channel: string, address: Address, cursor: number | undefined): Entry<Opened> {
    const feed = this.#makeFeed(address);
    const opened = reachable(() => this.#subscriber.subscribe(channel)).then(() => feed.open(cursor));
    const entry: Entry<Opened> = { feed, opened, watchers: 0 };
    opened.catch(() => this.#closeEntry(channel, entry));
    this.#entries.set(channel, entry);
    this.#left.delete(channel);
    return entry;
  }

  #leave(channel: string, entry: Entry<Opened>): void {
    entry.watchers -= 1;
    if (entry.watchers > 0 || this.#entries.get(channel) !== entry) return;
    entry.linger = setTimeout(() => this.#closeEntry(channel, entry), LINGER_MS);
    entry.linger.unref();
  }

  #closeEntry(channel: string, entry: Entry<Opened>): void {
    clearTimeout(entry.linger);
    entry.feed.close();
    if (this.#entries.get(channel) !== entry) return;
    this.#entries.delete(channel);
    this.#left.add(channel);
    this.#unsubscribe(channel);
  }

  /**
   * Unsubscribes only if the connection is ready. Before that, ioredis sends an `unsubscribe` at once and an earlier,
   * queued `subscribe` after it: the subscription would stay.
   */
  #unsubscribe(channel: string): void {
    if (this.#subscriber.status !== 'ready') return;
    this.#subscriber.unsubscribe(channel).then(
      () => this.#left.delete(channel),
      () => undefined,
    );
  }

  /** The subscriber is back: subscribes again, then reads the events that were published meanwhile. */
  async #resume(): Promise<void> {
    for (const channel of this.#left) this.#unsubscribe(channel);
    const channels = [...this.#entries.keys()];
    if (channels.length === 0) return;
    try {
      await this.#subscriber.subscribe(...channels);
    } catch {
      // Either the connection was lost again, and the next `ready` repeats this, or Redis did not answer in time.
      if (this.#subscriber.status === 'ready') this.#subscriber.disconnect(true);
      return;
    }
    for (const entry of this.#entries.values())
      void entry.opened.then(
        () => entry.feed.resumeAfterLoss(),
        () => undefined,
      );
  }
}

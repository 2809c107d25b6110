import { TaskwireError } from '@taskwire/protocol';
import type { Redis } from 'ioredis';
import { reachable } from '../connection/connection.ts';

/** A feed stays this long (ms) after its last watcher has left: watchers that reconnect find it in memory. */
const LINGER_MS = 5_000;

/** What a hub needs to know of a feed. */
export interface HubFeed {
  open(cursor?: number): Promise<void>;
  receive(message: string): void;
  doubt(): void;
  catchUpAfterLoss(): void;
  close(reason?: Error): void;
}

interface Room<Opened> {
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
 * All watched logs of one sort in this process, over one subscriber connection: a feed each, shared by all its watchers,
 * opened with the first and closed some seconds after the last.
 */
export class Hub<Address, Opened extends HubFeed> {
  readonly #subscriber: Redis;
  readonly #channelOf: (address: Address) => string;
  readonly #makeFeed: (address: Address) => Opened;
  readonly #rooms = new Map<string, Room<Opened>>();
  /** Channels that were left, and of which Redis has not said yet that they are. */
  readonly #left = new Set<string>();
  #interruption: Error | undefined;

  constructor(
    subscriber: Redis,
    parts: { channelOf: (address: Address) => string; makeFeed: (address: Address) => Opened },
  ) {
    this.#subscriber = subscriber;
    this.#channelOf = parts.channelOf;
    this.#makeFeed = parts.makeFeed;
    subscriber.on('message', (channel: string, message: string) => this.#rooms.get(channel)?.feed.receive(message));
    subscriber.on('close', () => this.#rooms.forEach(({ feed }) => feed.doubt()));
    subscriber.on('ready', () => void this.#resume());
  }

  /** How many logs are being watched, those with lingering feeds included. */
  get size(): number {
    return this.#rooms.size;
  }

  /**
   * A hold on the feed of `address`, open.
   * @param cursor of the watcher that it is for: whoever comes first decides how far back it is read.
   * @throws what opening it threw, or the reason for which every watcher is being sent away.
   */
  async acquire(address: Address, cursor?: number): Promise<Lease<Opened>> {
    if (this.#interruption !== undefined) throw this.#interruption;
    const channel = this.#channelOf(address);
    const room = this.#rooms.get(channel) ?? this.#openRoom(channel, address, cursor);
    room.watchers += 1;
    clearTimeout(room.linger);
    let held = true;
    const release = () => {
      if (held) this.#leave(channel, room);
      held = false;
    };
    try {
      await room.opened;
    } catch (error) {
      release();
      throw error;
    }
    return { feed: room.feed, release };
  }

  interrupt(reason: Error): void {
    this.#interruption = reason;
    for (const room of this.#rooms.values()) room.feed.close(reason);
  }

  close(): void {
    this.interrupt(this.#interruption ?? new TaskwireError('SERVICE_UNAVAILABLE', 'the server is stopping'));
    for (const [channel, room] of this.#rooms) this.#closeRoom(channel, room);
  }

  #openRoom(channel: string, address: Address, cursor: number | undefined): Room<Opened> {
    const feed = this.#makeFeed(address);
    const opened = reachable(() => this.#subscriber.subscribe(channel)).then(() => feed.open(cursor));
    const room: Room<Opened> = { feed, opened, watchers: 0 };
    opened.catch(() => this.#closeRoom(channel, room));
    this.#rooms.set(channel, room);
    this.#left.delete(channel);
    return room;
  }

  #leave(channel: string, room: Room<Opened>): void {
    room.watchers -= 1;
    if (room.watchers > 0 || this.#rooms.get(channel) !== room) return;
    room.linger = setTimeout(() => this.#closeRoom(channel, room), LINGER_MS);
    room.linger.unref();
  }

  #closeRoom(channel: string, room: Room<Opened>): void {
    clearTimeout(room.linger);
    room.feed.close();
    if (this.#rooms.get(channel) !== room) return;
    this.#rooms.delete(channel);
    this.#left.add(channel);
    this.#unsubscribe(channel);
  }

  /**
   * Only on a connection that is ready. Before that ioredis sends an `unsubscribe` at once, and the `subscribe` that was
   * queued earlier after it: the subscription would stay.
   */
  #unsubscribe(channel: string): void {
    if (this.#subscriber.status !== 'ready') return;
    this.#subscriber.unsubscribe(channel).then(
      () => this.#left.delete(channel),
      () => undefined,
    );
  }

  /** The subscriber is back: first subscribe again, then read what was published in between. */
  async #resume(): Promise<void> {
    for (const channel of this.#left) this.#unsubscribe(channel);
    const channels = [...this.#rooms.keys()];
    if (channels.length === 0) return;
    try {
      await this.#subscriber.subscribe(...channels);
    } catch {
      // The connection was lost again, and the next `ready` repeats this; or Redis did not answer in time.
      if (this.#subscriber.status === 'ready') this.#subscriber.disconnect(true);
      return;
    }
    for (const room of this.#rooms.values())
      void room.opened.then(
        () => room.feed.catchUpAfterLoss(),
        () => undefined,
      );
  }
}

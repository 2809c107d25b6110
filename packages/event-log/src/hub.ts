import { TaskwireError } from '@taskwire/protocol';
import type { Redis } from 'ioredis';
import { reachable } from './connection.ts';
import { Feed } from './feed.ts';
import { taskKeys, type TaskAddress } from './keys.ts';
import type { LoadSnapshot } from './load-head.ts';
import type { TaskLog } from './task-log.ts';

/** A feed stays this long (ms) after its last watcher has left: watchers that reconnect find it in memory. */
const LINGER_MS = 5_000;

interface Room {
  feed: Feed;
  opened: Promise<void>;
  watchers: number;
  linger?: NodeJS.Timeout;
}

/** A watcher's hold on a feed; it must be released. */
export interface Lease {
  feed: Feed;
  release(): void;
}

/**
 * All watched tasks of this process, over one subscriber connection: a feed per task, shared by all its watchers,
 * opened with the first and closed some seconds after the last.
 */
export class Hub {
  readonly #subscriber: Redis;
  readonly #log: TaskLog;
  readonly #loadSnapshot: LoadSnapshot;
  readonly #rooms = new Map<string, Room>();
  #interruption: Error | undefined;

  constructor(subscriber: Redis, log: TaskLog, loadSnapshot: LoadSnapshot) {
    this.#subscriber = subscriber;
    this.#log = log;
    this.#loadSnapshot = loadSnapshot;
    subscriber.on('message', (channel: string, message: string) => this.#rooms.get(channel)?.feed.receive(message));
    subscriber.on('ready', () => void this.#resume());
  }

  /** @throws the reason for which every watcher is being sent away, if there is one. */
  throwIfInterrupted(): void {
    if (this.#interruption !== undefined) throw this.#interruption;
  }

  /** How many tasks are being watched, those with lingering feeds included. */
  get size(): number {
    return this.#rooms.size;
  }

  /** A hold on the task's feed, open. @throws what opening it threw. */
  async acquire(task: TaskAddress): Promise<Lease> {
    const { channel } = taskKeys(task);
    const room = this.#rooms.get(channel) ?? this.#openRoom(channel, task);
    room.watchers += 1;
    clearTimeout(room.linger);
    const release = () => this.#leave(channel, room);
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
    for (const room of this.#rooms.values()) room.feed.close();
  }

  close(): void {
    this.interrupt(this.#interruption ?? new TaskwireError('SERVICE_UNAVAILABLE', 'the server is stopping'));
    for (const [channel, room] of this.#rooms) this.#closeRoom(channel, room);
  }

  #openRoom(channel: string, task: TaskAddress): Room {
    const feed = new Feed(task, this.#log, this.#loadSnapshot);
    const opened = reachable(() => this.#subscriber.subscribe(channel)).then(() => feed.open());
    const room: Room = { feed, opened, watchers: 0 };
    opened.catch(() => this.#closeRoom(channel, room));
    this.#rooms.set(channel, room);
    return room;
  }

  #leave(channel: string, room: Room): void {
    room.watchers -= 1;
    if (room.watchers > 0 || this.#rooms.get(channel) !== room) return;
    room.linger = setTimeout(() => this.#closeRoom(channel, room), LINGER_MS);
    room.linger.unref();
  }

  #closeRoom(channel: string, room: Room): void {
    clearTimeout(room.linger);
    room.feed.close();
    if (this.#rooms.get(channel) !== room) return;
    this.#rooms.delete(channel);
    this.#subscriber.unsubscribe(channel).catch(() => undefined);
  }

  /** The subscriber is back: first subscribe again, then read what was published in between. */
  async #resume(): Promise<void> {
    const channels = [...this.#rooms.keys()];
    if (channels.length === 0) return;
    try {
      await this.#subscriber.subscribe(...channels);
    } catch {
      return; // The connection was lost again; the next `ready` repeats this.
    }
    for (const room of this.#rooms.values())
      void room.opened.then(
        () => room.feed.catchUp(),
        () => undefined,
      );
  }
}

import type { Position, Watcher, Watching } from '@taskwire/event-log';
import { Chunk } from './chunk.ts';
import type { Connection } from './connection.ts';
import { EncodeOnce } from './encode-once.ts';
import type { Encoder } from './encoder.ts';
import { Pace } from './pace.ts';
import { piecesOf } from './pieces.ts';
import type { StreamStatistics } from './statistics.ts';

export interface RoomParts<Message extends object> {
  encoder: Encoder<Message>;
  /** Opens the log for a first watcher with that cursor. */
  watch: (cursor: number | undefined) => Promise<Watching<Message>>;
  statistics: StreamStatistics;
  /** Called for whatever ends streams before their end. */
  onFailure: (error: unknown) => void;
  /** Called once nobody is left. */
  onEmpty: () => void;
}

/** So many may wait for an event that their filter lets through, each pulling by itself. */
const FEW_WAITING = 16;
/** How often (ms) at most everybody is told of what a filter held back, for those who have come since. */
const SKIP_EVERY_MS = 1_000;

interface Catching<Message> {
  watching: Watching<Message>;
  watcher: Watcher<Message>;
}

/**
 * All watchers in this process of one topic, with one filter, in one encoding.
 *
 * One watcher of the log leads: what it is told is encoded once and written to everybody who stands where it stands. Who
 * comes, or has no room for more, catches up by itself, pulling from memory or from the log, and is with the others again
 * once it stands where they do. So a slow watcher holds nobody up and has no queue (MUST 11), and all hard cases (gaps,
 * holes, losses) are the log's.
 */
export class Room<Message extends object> {
  readonly #parts: RoomParts<Message>;
  readonly #encoded: EncodeOnce<Message>;
  readonly #pace = new Pace();
  readonly #closing = new AbortController();
  /** Everybody, and those who stand at `#position`, where the leader stands. */
  readonly #everybody = new Set<Connection>();
  readonly #together = new Set<Connection>();
  #watching: Promise<Watching<Message>> | undefined;
  #position: Position | undefined;
  /** Those who have caught up with the log, but not with the leader, and wait for its next step. */
  readonly #waiting = new Map<Connection, () => void>();
  #skippedAt = 0;
  #failure: unknown;

  constructor(parts: RoomParts<Message>) {
    this.#parts = parts;
    this.#encoded = new EncodeOnce(parts.encoder, parts.statistics);
  }

  /** Serves a watcher until it leaves, or nothing more is to come. */
  join(connection: Connection, cursor: number | undefined): void {
    this.#everybody.add(connection);
    connection.onLeave(() => this.#leave(connection));
    if (!connection.over)
      void this.#catchUp(connection, cursor === undefined ? undefined : { told: cursor, seen: cursor });
  }

  async #catchUp(connection: Connection, position: Position | undefined): Promise<void> {
    try {
      const watching = await (this.#watching ??= this.#parts.watch(position?.told));
      const watcher = watching.watcherAt(position);
      await connection.drained();
      while (!connection.over && !this.#joins(connection, watcher)) {
        const { version } = watcher.feed;
        const messages = await watcher.next();
        await this.#tell(connection, messages);
        if (messages.length > 0) continue;
        await this.#tell(connection, this.#align(watcher));
        if (version === watcher.feed.version) await this.#leaderMoves(connection, { watching, watcher });
      }
    } catch (error) {
      this.#fail(error, [connection]);
    }
  }

  /** Whether the watcher has no more to catch up with: it stands where the others stand, and is one of them, or at the end. */
  #joins(connection: Connection, watcher: Watcher<Message>): boolean {
    if (watcher.ended) connection.end(this.#parts.encoder.ended);
    else if (same(watcher.position, this.#position)) this.#together.add(connection);
    else return false;
    return true;
  }

  async #tell(connection: Connection, messages: readonly Message[]): Promise<void> {
    for (const piece of piecesOf(messages.map((message) => this.#encoded.chunkOf(message)))) {
      if (connection.over) return;
      const bytes = piece.reduce((sum, { framed }) => sum + framed.length, 0);
      this.#parts.statistics.delivered(piece.length, { bytes, watchers: 1 });
      if (!connection.write(...piece)) await connection.drained();
    }
  }

  /** Lets a watcher that differs from the leader only in what their filter held back stand where the leader will stand. */
  #align(watcher: Watcher<Message>): readonly Message[] {
    const isOne = this.#waiting.size >= FEW_WAITING && watcher.position?.seen === this.#position?.seen;
    const message = isOne && !same(watcher.position, this.#position) ? watcher.skip?.() : undefined;
    return message === undefined ? [] : [message];
  }

  /** Waits for the leader's next step. If nobody leads yet, this watcher stands where everybody is to stand. */
  #leaderMoves(connection: Connection, { watching, watcher }: Catching<Message>): Promise<void> | undefined {
    const { position } = watcher;
    if (same(position, this.#position) || connection.over) return undefined;
    if (this.#position !== undefined) return new Promise((wake) => void this.#waiting.set(connection, wake));
    this.#position = position;
    void this.#lead(watching.watcherAt(position));
    return undefined;
  }

  async #lead(leader: Watcher<Message>): Promise<void> {
    const { signal } = this.#closing;
    try {
      while (!signal.aborted) {
        const { version } = leader.feed;
        const messages = await leader.next();
        this.#broadcast(messages.length > 0 ? messages : this.#skip(leader), leader);
        if (leader.ended) return this.#end();
        if (messages.length > 0) continue;
        await leader.feed.changed(version, signal);
        await this.#pace.hold(signal);
      }
    } catch (error) {
      this.#fail(error, this.#everybody);
    }
  }

  /** Everything in one step, so that nobody can come in between what is written and where the others then stand. */
  #broadcast(messages: readonly Message[], { position }: Watcher<Message>): void {
    const [first, ...others] = messages.map((message) => this.#encoded.chunkOf(message));
    this.#position = position;
    if (first !== undefined) {
      this.#pace.sent(messages.length);
      const chunk = Chunk.join([first, ...others]);
      const bytes = chunk.framed.length;
      this.#parts.statistics.delivered(messages.length, { bytes, watchers: this.#together.size });
      for (const connection of this.#together) if (!connection.write(chunk)) this.#lag(connection);
    }
    this.#wake();
  }

  /** What tells everybody of what their filter held back, if somebody waits who would then stand where they stand. */
  #skip(leader: Watcher<Message>): readonly Message[] {
    const now = Date.now();
    if (this.#waiting.size < FEW_WAITING || now - this.#skippedAt < SKIP_EVERY_MS) return [];
    const message = leader.skip?.();
    if (message === undefined) return [];
    this.#skippedAt = now;
    return [message];
  }

  #wake(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  #lag(connection: Connection): void {
    this.#together.delete(connection);
    void this.#catchUp(connection, this.#position);
  }

  #end(): void {
    for (const connection of this.#together) connection.end(this.#parts.encoder.ended);
  }

  #fail(error: unknown, connections: Iterable<Connection>): void {
    if (error !== this.#failure) this.#parts.onFailure(error);
    this.#failure = error;
    const text = this.#parts.encoder.failed(error);
    for (const connection of connections) connection.fail(error, text);
  }

  #leave(connection: Connection): void {
    this.#everybody.delete(connection);
    this.#together.delete(connection);
    this.#waiting.get(connection)?.();
    this.#waiting.delete(connection);
    if (this.#everybody.size === 0) this.#close();
  }

  #close(): void {
    this.#closing.abort();
    this.#wake();
    this.#watching?.then(
      ({ release }) => release(),
      () => undefined,
    );
    this.#parts.onEmpty();
  }
}

function same(one: Position | undefined, other: Position | undefined): boolean {
  return one !== undefined && other !== undefined && one.told === other.told && one.seen === other.seen;
}

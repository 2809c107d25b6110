import type { Position, Select, Selected, Watcher, Watching } from '@taskwire/event-log';
import { Chunk } from '../formats/chunk.ts';
import type { Connection } from '../connection/connection.ts';
import { EncodeOnce } from './encode-once.ts';
import type { Encoder } from '../formats/stream-format.ts';
import type { EncodingBudget } from './encoding-budget.ts';
import { Pace } from './pace.ts';
import { PageLimit } from './page-limit.ts';
import { nextPiece } from './pieces.ts';
import type { StreamStatistics } from '../statistics.ts';
import { WatcherGroups, type WatcherGroup } from './watcher-group.ts';

export interface BroadcastDependencies<Message extends object, Filter> {
  encoder: Encoder<Message>;
  /** Opens the log for a first watcher with that cursor. */
  watch: (cursor: number | undefined) => Promise<Watching<Message, Filter>>;
  statistics: StreamStatistics;
  budget: EncodingBudget;
  /** Called for whatever ends streams before their end. */
  onFailure: (error: unknown) => void;
  /** Called once no watcher is left. */
  onEmpty: () => void;
}

/** Cursor and filter of a watcher that joins. */
export interface JoinRequest<Filter> {
  cursor: number | undefined;
  filter?: Filter | undefined;
  /** Tells filters apart; empty without one. */
  filterKey?: string;
}

/** A watcher that is not with the others. */
interface Catching<Filter> {
  connection: Connection;
  filter: Filter | undefined;
  filterKey: string;
}

/** Several messages in one Buffer. */
interface JoinedPiece {
  chunk: Chunk;
  messages: number;
}

/**
 * All watchers in this process of one topic in one encoding, whatever their filters.
 *
 * One watcher of the log leads, without a filter: each message is encoded once, and each group of watchers is written what
 * its filter lets through; groups that are told the same get the same Buffer. Each connection is catching up → with the
 * others → catching up again, if it has no room for more. One that catches up pulls by itself, from memory or from the log,
 * and is with the others once it has been told what the leader has looked at. So a slow watcher holds nobody up and has no
 * queue (MUST 11), and all hard cases (gaps, holes, losses) are the log's.
 */
export class Broadcast<Message extends { readonly seq: number }, Filter = never> {
  readonly #dependencies: BroadcastDependencies<Message, Filter>;
  readonly #encoded: EncodeOnce<Message>;
  readonly #pace = new Pace();
  readonly #closing = new AbortController();
  readonly #connections = new Set<Connection>();
  /** Watchers that have been told everything that the leader, at `#position`, has looked at. */
  readonly #groups = new WatcherGroups<Filter>();
  #watching: Promise<Watching<Message, Filter>> | undefined;
  #position: Position | undefined;
  /** Connections that have caught up with the log, but not with the leader. Each waits for its next step. */
  readonly #waiting = new Map<Connection, () => void>();
  #failure: unknown;

  constructor(dependencies: BroadcastDependencies<Message, Filter>) {
    this.#dependencies = dependencies;
    this.#encoded = new EncodeOnce(dependencies.encoder, dependencies);
  }

  /** Serves a watcher until it leaves, or nothing more is to come. */
  join(connection: Connection, { cursor, filter, filterKey = '' }: JoinRequest<Filter>): void {
    this.#connections.add(connection);
    connection.onLeave(() => this.#leave(connection));
    const position = cursor === undefined ? undefined : { deliveredSeq: cursor, seenSeq: cursor };
    if (!connection.over) void this.#catchUp({ connection, filter, filterKey }, position);
  }

  async #catchUp(catching: Catching<Filter>, position: Position | undefined): Promise<void> {
    const { connection, filter } = catching;
    try {
      const watching = await (this.#watching ??= this.#dependencies.watch(position?.deliveredSeq));
      const limit = new PageLimit();
      let watcher = watching.watcherAt(position, filter);
      while (await this.#isBehind(catching, watcher)) {
        const { version } = watcher.feed;
        const before = watcher.position;
        const messages = await watcher.next(limit.entries);
        const written = this.#write(connection, messages);
        limit.learn({ written, given: messages.length });
        // The rest is not kept for a connection that has no room: it is pulled again.
        if (written < messages.length) watcher = watching.watcherAt(after(messages[written - 1]) ?? before, filter);
        else if (messages.length === 0 && version === watcher.feed.version)
          await this.#leaderMoves(connection, { watching, watcher });
      }
    } catch (error) {
      this.#fail(error, [connection]);
    }
  }

  /** Waits until the connection has room, and lets it join the others if it can. */
  async #isBehind(catching: Catching<Filter>, watcher: Watcher<Message>): Promise<boolean> {
    const { connection } = catching;
    while (!connection.isWritable) await connection.untilWritable();
    return !connection.over && !this.#joins(catching, watcher);
  }

  /** Ends a watcher at the log's end; lets one at the leader's position join. @returns whether it did either. */
  #joins({ connection, filter, filterKey }: Catching<Filter>, watcher: Watcher<Message>): boolean {
    const { position, ended } = watcher;
    if (ended) connection.end(this.#dependencies.encoder.ended);
    else if (position === undefined || position.seenSeq !== this.#position?.seenSeq) return false;
    else this.#groups.join(connection, { filter, filterKey, deliveredSeq: position.deliveredSeq });
    return true;
  }

  /** @returns how many messages were written before there was no more room. */
  #write(connection: Connection, messages: readonly Message[]): number {
    let written = 0;
    while (written < messages.length && connection.isWritable && !connection.over) {
      const piece = nextPiece(messages, written, (message) => this.#encoded.chunkOf(message));
      const bytes = piece.reduce((sum, { framed }) => sum + framed.length, 0);
      this.#dependencies.statistics.delivered(piece.length, { bytes, watchers: 1 });
      connection.write(...piece);
      written += piece.length;
    }
    return written;
  }

  /** Waits for the leader's next step. If nobody leads yet, the leader begins where this watcher stands. */
  #leaderMoves(
    connection: Connection,
    { watching, watcher }: { watching: Watching<Message, Filter>; watcher: Watcher<Message> },
  ): Promise<void> | undefined {
    const { position } = watcher;
    if (position?.seenSeq === this.#position?.seenSeq || position === undefined || connection.over) return undefined;
    if (this.#position !== undefined) return new Promise((wake) => void this.#waiting.set(connection, wake));
    this.#position = { deliveredSeq: position.seenSeq, seenSeq: position.seenSeq };
    void this.#lead(watching, this.#position);
    return undefined;
  }

  async #lead(watching: Watching<Message, Filter>, begin: Position): Promise<void> {
    const { signal } = this.#closing;
    const leader = watching.watcherAt(begin);
    let from = begin;
    try {
      while (!signal.aborted) {
        const { version } = leader.feed;
        const messages = await leader.next();
        const position = leader.position ?? from;
        this.#broadcast(watching, messages, { from, position });
        from = position;
        if (leader.ended) return this.#end();
        if (messages.length > 0) continue;
        await leader.feed.changed(version, signal);
        await this.#pace.hold(signal);
      }
    } catch (error) {
      this.#fail(error, this.#connections);
    }
  }

  /** Everything in one step: no connection joins between the writes and the move of the position. */
  #broadcast(
    watching: Watching<Message, Filter>,
    messages: readonly Message[],
    { from, position }: { from: Position; position: Position },
  ): void {
    this.#position = position;
    if (messages.length > 0) {
      this.#pace.sent(messages.length);
      const select = watching.select({ messages, from, seenSeq: position.seenSeq });
      for (const [selected, groups] of this.#selections(select, from)) this.#deliver(selected, groups, from);
    }
    this.#wake();
  }

  /** Selects the messages for each group, and collects the groups with the same messages. Other groups catch up. */
  #selections(select: Select<Message, Filter>, from: Position): Map<Selected<Message>, WatcherGroup<Filter>[]> {
    const selections = new Map<Selected<Message>, WatcherGroup<Filter>[]>();
    for (const group of this.#groups.takeAll()) {
      const selected = select(group.deliveredSeq, group.filter);
      const same = selected === undefined ? undefined : selections.get(selected);
      if (selected === undefined)
        this.#lag(group, group.connections, { deliveredSeq: group.deliveredSeq, seenSeq: from.seenSeq });
      else if (same === undefined) selections.set(selected, [group]);
      else same.push(group);
    }
    return selections;
  }

  /** Writes one piece after the other. A connection that has no room for the next one falls back to its own watcher. */
  #deliver(
    { messages, deliveredSeq }: Selected<Message>,
    groups: readonly WatcherGroup<Filter>[],
    from: Position,
  ): void {
    for (let start = 0; start < messages.length && groups.some(({ connections }) => connections.size > 0);) {
      const chunks = nextPiece(messages, start, (message) => this.#encoded.chunkOf(message));
      const piece = { chunk: Chunk.join(chunks), messages: chunks.length };
      const before = after(messages[start - 1]);
      for (const group of groups)
        this.#writeAll(group, piece, before ?? { deliveredSeq: group.deliveredSeq, seenSeq: from.seenSeq });
      start += piece.messages;
    }
    for (const group of groups) {
      group.deliveredSeq = deliveredSeq;
      this.#groups.put(group);
    }
  }

  #writeAll(group: WatcherGroup<Filter>, { chunk, messages }: JoinedPiece, before: Position): void {
    let watchers = 0;
    for (const connection of group.connections) {
      if (connection.isWritable) {
        connection.write(chunk);
        watchers += 1;
      } else this.#lag(group, [connection], before);
    }
    this.#dependencies.statistics.delivered(messages, { bytes: chunk.framed.length, watchers });
  }

  #lag({ filter, filterKey }: WatcherGroup<Filter>, connections: Iterable<Connection>, position: Position): void {
    for (const connection of connections) {
      this.#groups.leave(connection);
      void this.#catchUp({ connection, filter, filterKey }, position);
    }
  }

  #wake(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  #end(): void {
    for (const group of this.#groups.takeAll())
      for (const connection of group.connections) connection.end(this.#dependencies.encoder.ended);
  }

  #fail(error: unknown, connections: Iterable<Connection>): void {
    if (error !== this.#failure) this.#dependencies.onFailure(error);
    this.#failure = error;
    const text = this.#dependencies.encoder.failed(error);
    for (const connection of connections) connection.fail(error, text);
  }

  #leave(connection: Connection): void {
    this.#connections.delete(connection);
    this.#groups.leave(connection);
    this.#waiting.get(connection)?.();
    this.#waiting.delete(connection);
    if (this.#connections.size === 0) this.#close();
  }

  #close(): void {
    this.#closing.abort();
    this.#wake();
    this.#watching?.then(
      ({ release }) => release(),
      () => undefined,
    );
    this.#dependencies.onEmpty();
  }
}

/** The position of a watcher that was told a message last. */
function after(message: { readonly seq: number } | undefined): Position | undefined {
  return message === undefined ? undefined : { deliveredSeq: message.seq, seenSeq: message.seq };
}

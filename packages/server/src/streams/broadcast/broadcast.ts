import { positionAt, type Position, type Select, type Selected, type Watching } from '@taskwire/event-log';
import type { Connection } from '../connection/connection.ts';
import { Chunk } from '../formats/chunk.ts';
import type { Encoder } from '../formats/stream-format.ts';
import type { StreamStatistics } from '../statistics.ts';
import { CatchUp, type LoneConnection } from './catch-up.ts';
import { EncodeOnce } from './encode-once.ts';
import type { EncodingBudget } from './encoding-budget.ts';
import { Leader, type LeaderStep } from './leader.ts';
import { nextPiece } from './pieces.ts';
import { WatcherGroups, type WatcherGroup } from './watcher-group.ts';

export interface BroadcastDependencies<Message extends object, Filter> {
  encoder: Encoder<Message>;
  /** Opens the log for a first watcher with that cursor. */
  watch: (cursor: number | undefined) => Promise<Watching<Message, Filter>>;
  statistics: StreamStatistics;
  budget: EncodingBudget;
  /** Called once for each failure that ends streams. */
  onFailure: (error: unknown) => void;
  /** Called when the last connection has left. */
  onEmpty: () => void;
}

/** Cursor and filter of a connection that joins. */
export interface JoinRequest<Filter> {
  cursor: number | undefined;
  filter?: Filter | undefined;
  /** Tells filters apart; empty without one. */
  filterKey?: string;
}

/** Several messages in one Buffer. */
interface JoinedPiece {
  chunk: Chunk;
  messageCount: number;
}

/**
 * All connections of this process to one topic in one encoding, whatever their filters. The leader reads the feed. Each
 * message is encoded once. Each group gets the messages that its filter selects; groups with the same messages get the
 * same Buffers. `Watching` deals with missing events.
 *
 * Modes of a connection:
 * - catching up: it pulls with a watcher of its own (`CatchUp`). At the leader's position → in a group.
 * - in a group: the leader's steps are written to it. If it is not writable, or its group has no selection → lagging.
 * - lagging: as catching up, from the last message that was written to it.
 * - over: the log has ended, reading has failed, or the client has left. A stall, the end of the lifetime and an expired
 *   token also end it.
 */
export class Broadcast<Message extends { readonly seq: number }, Filter = never> {
  readonly #dependencies: BroadcastDependencies<Message, Filter>;
  readonly #encoded: EncodeOnce<Message>;
  readonly #connections = new Set<Connection>();
  /** Connections to which everything up to the leader's position has been written. */
  readonly #groups = new WatcherGroups<Filter>();
  readonly #leader: Leader<Message, Filter>;
  readonly #catchingUp: CatchUp<Message, Filter>;
  #watching: Promise<Watching<Message, Filter>> | undefined;
  #failure: unknown;

  constructor(dependencies: BroadcastDependencies<Message, Filter>) {
    const { encoder, statistics } = dependencies;
    this.#dependencies = dependencies;
    this.#encoded = new EncodeOnce(encoder, dependencies);
    this.#leader = new Leader({
      onStep: (step) => this.#broadcast(step),
      onEnd: () => this.#end(),
      onFailure: (error) => this.#fail(error, this.#connections),
    });
    this.#catchingUp = new CatchUp({
      encoded: this.#encoded,
      groups: this.#groups,
      leader: this.#leader,
      statistics,
      endedText: encoder.ended,
    });
  }

  /** Serves a connection until it leaves, or the log ends. */
  join(connection: Connection, { cursor, filter, filterKey = '' }: JoinRequest<Filter>): void {
    this.#connections.add(connection);
    connection.onOver(() => this.#leave(connection));
    if (!connection.isOver) void this.#catchUp({ connection, filter, filterKey }, positionAt(cursor));
  }

  async #catchUp(lone: LoneConnection<Filter>, position: Position | undefined): Promise<void> {
    try {
      const watching = await (this.#watching ??= this.#dependencies.watch(position?.deliveredSeq));
      await this.#catchingUp.run(watching, lone, position);
    } catch (error) {
      this.#fail(error, [lone.connection]);
    }
  }

  #broadcast({ watching, messages, from, position }: LeaderStep<Message, Filter>): void {
    const select = watching.select({ messages, from, seenSeq: position.seenSeq });
    for (const [selected, groups] of this.#selections(select, from)) this.#deliver(selected, groups, from);
  }

  /** Selects the messages of each group and collects the groups with the same ones. A group without a selection lags. */
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

  /** Writes one piece after the other. */
  #deliver(
    { messages, deliveredSeq }: Selected<Message>,
    groups: readonly WatcherGroup<Filter>[],
    from: Position,
  ): void {
    for (let start = 0; start < messages.length && groups.some(({ connections }) => connections.size > 0);) {
      const chunks = nextPiece(messages, start, (message) => this.#encoded.chunkOf(message));
      const piece = { chunk: Chunk.join(chunks), messageCount: chunks.length };
      const before = positionAt(messages[start - 1]?.seq);
      for (const group of groups)
        this.#writeAll(group, piece, before ?? { deliveredSeq: group.deliveredSeq, seenSeq: from.seenSeq });
      start += piece.messageCount;
    }
    for (const group of groups) {
      group.deliveredSeq = deliveredSeq;
      this.#groups.put(group);
    }
  }

  #writeAll(group: WatcherGroup<Filter>, { chunk, messageCount }: JoinedPiece, before: Position): void {
    let watchers = 0;
    for (const connection of group.connections) {
      if (connection.isWritable) {
        connection.write(chunk);
        watchers += 1;
      } else this.#lag(group, [connection], before);
    }
    this.#dependencies.statistics.delivered(messageCount, { bytes: chunk.framed.length, watchers });
  }

  #lag({ filter, filterKey }: WatcherGroup<Filter>, connections: Iterable<Connection>, position: Position): void {
    for (const connection of connections) {
      this.#groups.leave(connection);
      void this.#catchUp({ connection, filter, filterKey }, position);
    }
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
    this.#leader.forget(connection);
    if (this.#connections.size === 0) this.#close();
  }

  #close(): void {
    this.#leader.close();
    this.#watching?.then(
      ({ release }) => release(),
      () => undefined,
    );
    this.#dependencies.onEmpty();
  }
}

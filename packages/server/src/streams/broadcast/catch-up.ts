import { positionAt, type Position, type Watcher, type Watching } from '@taskwire/event-log';
import type { Connection } from '../connection/connection.ts';
import type { StreamStatistics } from '../statistics.ts';
import type { EncodeOnce } from './encode-once.ts';
import type { Leader } from './leader.ts';
import { PageLimit, nextPiece } from './pieces.ts';
import type { WatcherGroups } from './watcher-group.ts';

/** A connection that is in no group, and the filter with which it pulls. */
export interface LoneConnection<Filter> {
  connection: Connection;
  filter: Filter | undefined;
  /** Tells filters apart; empty without one. */
  filterKey: string;
}

export interface CatchUpDependencies<Message extends object, Filter> {
  encoded: EncodeOnce<Message>;
  groups: WatcherGroups<Filter>;
  leader: Leader<Message, Filter>;
  statistics: StreamStatistics;
  /** Last text of a stream whose log has ended. */
  endedText: string;
}

/** A log, and the watcher that pulls from it for one connection. */
interface Pull<Message, Filter> {
  watching: Watching<Message, Filter>;
  watcher: Watcher<Message>;
}

/**
 * Lets connections catch up with the leader of their broadcast: each pulls with a watcher of its own, from memory or from
 * the log, as fast as it takes the messages. It holds no queue (MUST 11), so a slow one costs no memory.
 */
export class CatchUp<Message extends { readonly seq: number }, Filter> {
  readonly #dependencies: CatchUpDependencies<Message, Filter>;

  constructor(dependencies: CatchUpDependencies<Message, Filter>) {
    this.#dependencies = dependencies;
  }

  /**
   * Resolves once the connection has joined its group, its log has ended, or its client has left.
   * @param position undefined for a new watcher.
   * @throws the errors of reading the log.
   */
  async run(
    watching: Watching<Message, Filter>,
    lone: LoneConnection<Filter>,
    position: Position | undefined,
  ): Promise<void> {
    try {
      await this.#pull(watching, lone, position);
    } finally {
      lone.connection.passRoom();
    }
  }

  async #pull(
    watching: Watching<Message, Filter>,
    lone: LoneConnection<Filter>,
    position: Position | undefined,
  ): Promise<void> {
    const { connection, filter } = lone;
    const limit = new PageLimit();
    let watcher = watching.watcherAt(position, filter);
    for (;;) {
      while (!connection.isWritable) await connection.untilWritable();
      if (connection.isOver || this.#endOrJoin(lone, watcher)) return;
      const { version } = watcher.feed;
      const before = watcher.position;
      const messages = await watcher.next(limit.entries);
      const written = this.#write(connection, messages);
      limit.learn({ written, given: messages.length });
      // The messages that the connection had no room for are not kept: they are pulled again.
      if (written < messages.length)
        watcher = watching.watcherAt(positionAt(messages[written - 1]?.seq) ?? before, filter);
      else if (messages.length === 0 && version === watcher.feed.version)
        await this.#startOrAwaitLeader(connection, { watching, watcher });
    }
  }

  /**
   * Ends a connection at the end of the log; lets one at the leader's position join its group.
   * @returns whether it did either: the connection then needs no watcher of its own any more.
   */
  #endOrJoin({ connection, filter, filterKey }: LoneConnection<Filter>, watcher: Watcher<Message>): boolean {
    const { groups, leader, endedText } = this.#dependencies;
    const { position, ended } = watcher;
    if (ended) connection.end(endedText);
    else if (position === undefined || position.seenSeq !== leader.position?.seenSeq) return false;
    else groups.join(connection, { filter, filterKey, deliveredSeq: position.deliveredSeq });
    return true;
  }

  /** @returns how many messages were written before the connection had no more room. */
  #write(connection: Connection, messages: readonly Message[]): number {
    const { encoded, statistics } = this.#dependencies;
    let written = 0;
    while (written < messages.length && connection.isWritable && !connection.isOver) {
      const piece = nextPiece(messages, written, (message) => encoded.chunkOf(message));
      const bytes = piece.reduce((sum, { framed }) => sum + framed.length, 0);
      statistics.delivered(piece.length, { bytes, watchers: 1 });
      connection.write(...piece);
      written += piece.length;
    }
    return written;
  }

  /** Starts an idle leader at this watcher's position. Otherwise waits for the leader's next step. */
  #startOrAwaitLeader(connection: Connection, { watching, watcher }: Pull<Message, Filter>): Promise<void> | undefined {
    const { leader } = this.#dependencies;
    const { position } = watcher;
    connection.passRoom();
    if (position === undefined || position.seenSeq === leader.position?.seenSeq || connection.isOver) return undefined;
    if (leader.position !== undefined) return leader.nextStep(connection);
    leader.start(watching, position.seenSeq);
    return undefined;
  }
}

import type { ServerResponse } from 'node:http';
import type { EventLogWatcher } from '@taskwire/event-log';
import { TaskwireError, type TaskMessage, type TopicMessage } from '@taskwire/protocol';
import type { Caller, TopicFilter, Watch } from '@taskwire/router';
import { Connection, type ConnectionLimits } from '../connection/connection.ts';
import type { StreamFormat, Encoder } from '../formats/stream-format.ts';
import { EncodingBudget } from '../broadcast/encoding-budget.ts';
import { Expiries } from '../connection/expiries.ts';
import { filterKey, filteredBy, topicKey } from '../limits/filter-limits.ts';
import { KeepAlive } from '../connection/keep-alive.ts';
import { Broadcasts } from '../broadcast/broadcasts.ts';
import { StreamStatistics } from '../statistics.ts';
import { StreamLimits, type MostStreams } from '../limits/stream-limits.ts';
import { UserByteCounts } from '../connection/user-byte-counts.ts';

export interface GatewaySettings {
  eventLog: EventLogWatcher;
  most: MostStreams;
  connection: ConnectionLimits;
  /** Most bytes that may wait for all streams of one user. */
  userBufferBytes: number;
  /** Interval (ms) between the pings of a stream. */
  pingEveryMs: number;
}

/** A transport's encoders, and its handling of failures. */
export interface JoinOptions {
  taskEncoder: (kind: string) => Encoder<TaskMessage>;
  topicEncoder: Encoder<TopicMessage>;
  onFailure: (error: unknown) => void;
}

/** A stream to open, for an authorized watch request. */
export interface StreamRequest {
  caller: Caller;
  format: StreamFormat;
  watch: Watch;
  /** Answers a permanent failure before the stream has begun. Without it, the stream begins at once. */
  refuse?: (error: unknown) => void;
}

/** All event streams of this process: a broadcast for each watched topic and encoding. */
export class Gateway {
  readonly statistics = new StreamStatistics();
  readonly #settings: GatewaySettings;
  readonly limits: StreamLimits;
  readonly #lookUps: StreamLimits;
  readonly #keepAlive: KeepAlive;
  readonly #expiries = new Expiries();
  readonly #userByteCounts: UserByteCounts;
  readonly #tasks: Broadcasts<TaskMessage>;
  readonly #topics: Broadcasts<TopicMessage, TopicFilter>;

  constructor(settings: GatewaySettings) {
    const { most, connection, userBufferBytes, pingEveryMs } = settings;
    this.#settings = settings;
    this.limits = new StreamLimits(most, this.statistics);
    this.#lookUps = new StreamLimits(most, this.statistics);
    this.#userByteCounts = new UserByteCounts(userBufferBytes);
    const shared = { statistics: this.statistics, budget: new EncodingBudget() };
    this.#tasks = new Broadcasts(shared);
    this.#topics = new Broadcasts(shared);
    this.#keepAlive = new KeepAlive({ everyMs: pingEveryMs, stallMs: connection.stallMs });
  }

  /**
   * Runs the lookup of a stream's watch. A user may have as many lookups running as streams.
   * @throws TooManyStreamsError; and the errors of `find`.
   */
  async lookUp<Found>(caller: Caller | undefined, find: () => Promise<Found>): Promise<Found> {
    // The lookup itself refuses a call without a token.
    if (caller === undefined) return find();
    const giveBack = this.#lookUps.admit(caller.userId);
    try {
      return await find();
    } finally {
      giveBack();
    }
  }

  /**
   * Opens a stream as the answer. It lasts until its client leaves or the server ends it.
   * @returns undefined if the client has left.
   * @throws TaskwireError TOO_MANY_REQUESTS or SERVICE_UNAVAILABLE if there are too many; INVALID_INPUT if an earlier
   * answer on the same connection is not finished.
   */
  open(response: ServerResponse, { caller, format, watch, refuse }: StreamRequest): Connection | undefined {
    if (response.destroyed) return undefined;
    const { socket } = response;
    if (socket === null)
      throw new TaskwireError('INVALID_INPUT', 'send a request for a stream on a connection of its own');
    const { userId, expiresAt } = caller;
    const giveBack = this.limits.admit(userId, 'task' in watch ? undefined : filteredBy(watch.topic, watch.filter));
    const { userBytes, close } = this.#userByteCounts.open(userId);
    const { statistics } = this;
    const limits = this.#settings.connection;
    const connection = new Connection({ response, socket }, { limits, statistics, userBytes, format, refuse });
    statistics.watchers[format.transport] += 1;
    const forget = this.#keepAlive.add(connection);
    const forgetExpiry = expiresAt === undefined ? undefined : this.#expiries.add(connection, expiresAt);
    connection.onClose(() => {
      statistics.watchers[format.transport] -= 1;
      forget();
      forgetExpiry?.();
      giveBack();
      close();
    });
    return connection;
  }

  /** Adds a connection to the broadcast of what it watches. */
  join(connection: Connection, watch: Watch, { taskEncoder, topicEncoder, onFailure }: JoinOptions): void {
    const { eventLog } = this.#settings;
    if ('task' in watch) {
      const { task, cursor } = watch;
      const encoder = taskEncoder(task.kind);
      const open = (first: number | undefined) => eventLog.watchTask(task, first);
      this.#tasks
        .broadcast(`${encoder.name} ${task.taskId}`, { encoder, watch: open, onFailure })
        .join(connection, { cursor });
    } else {
      const { topic, filter, cursor } = watch;
      const open = (first: number | undefined) => eventLog.watchTopic(topic, first);
      const broadcast = this.#topics.broadcast(`${topicEncoder.name} ${topicKey(topic)}`, {
        encoder: topicEncoder,
        watch: open,
        onFailure,
      });
      broadcast.join(connection, { cursor, filter, filterKey: filterKey(filter) });
    }
  }

  /** Stops the pings and the check for expired tokens. The interrupted event log ends the streams. */
  close(): void {
    this.#keepAlive.stop();
    this.#expiries.stop();
  }
}

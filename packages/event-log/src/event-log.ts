import type { TaskEvent, TaskEventDraft, TaskMessage, TaskSnapshot, TopicMessage } from '@taskwire/protocol';
import type { Redis } from 'ioredis';
import { AttemptWriter } from './log/attempt-writer.ts';
import { connect, reachable, withoutCommand } from './connection/connection.ts';
import { Pinger } from './connection/pinger.ts';
import { encodeDrafts } from './log/entry.ts';
import { Hub } from './watching/hub.ts';
import { taskKeys, topicKeys, type TaskAddress, type TopicAddress } from './log/keys.ts';
import { loadBase, loadHead, type LoadSnapshot } from './log/load-head.ts';
import { Relay, type RelayRoute } from './topics/relay.ts';
import { restoreLog, type RestoreRequest } from './log/restore-log.ts';
import { APPEND_STATUS } from './scripts/append.ts';
import { TaskFeed } from './watching/task-feed.ts';
import { TaskLog, type AppendReply, type Author, type LogStatus } from './log/task-log.ts';
import { TaskWatcher } from './watching/task-watcher.ts';
import { TopicFeed } from './topics/topic-feed.ts';
import { TopicLog } from './topics/topic-log.ts';
import type { TopicFilter } from './topics/topic-filter.ts';
import { topicSelect } from './topics/topic-step.ts';
import { TopicWatcher } from './topics/topic-watcher.ts';
import { messagesOf, pollOf, positionAt, selectAll, type Watching } from './watching/watcher.ts';

export interface EventLogSettings {
  redisUrl: string;
  /** The persisted state of a task, or undefined if there is no such task. */
  loadSnapshot: LoadSnapshot;
  /** Appends and reads wait for as long as Redis is away, instead of failing within seconds. For workers. */
  patient?: boolean;
  /** Called for each failed try to reach Redis; the connection goes on trying. */
  onConnectionError?: (error: Error) => void;
}

/** What became of an append that no attempt makes. `lost`: Redis has no such log, or none any more. */
export type AppendOutcome = { written: true; seq: number } | { written: false; reason: 'ended' | 'not-empty' | 'lost' };

/** What became of a worker's claim. `snapshot` is the state right after it. */
export type ClaimOutcome =
  | { claimed: true; attempt: number; snapshot: TaskSnapshot; writer: AttemptWriter }
  | { claimed: false; reason: 'ended' }
  | {
      claimed: false;
      reason: 'lost';
      /** A seq that the log should have reached; absent if there is no log at all. */
      lostAfter?: number;
    };

/** The event logs of all tasks, and their topics: append, read after a cursor, follow. Owns two connections to Redis. */
export class EventLog {
  readonly #commands: Redis;
  readonly #subscriber: Redis;
  readonly #pingers: readonly Pinger[];
  readonly #log: TaskLog;
  readonly #topicLog: TopicLog;
  readonly #relay: Relay;
  readonly #tasks: Hub<TaskAddress, TaskFeed>;
  readonly #topics: Hub<TopicAddress, TopicFeed>;
  readonly #loadSnapshot: LoadSnapshot;

  constructor({ redisUrl, loadSnapshot, patient = false, onConnectionError }: EventLogSettings) {
    this.#commands = connect(redisUrl, patient);
    this.#subscriber = connect(redisUrl, patient);
    for (const connection of [this.#commands, this.#subscriber]) {
      connection.on('error', (error: Error) => onConnectionError?.(withoutCommand(error)));
    }
    this.#pingers = [new Pinger(this.#commands), new Pinger(this.#subscriber)];
    this.#loadSnapshot = loadSnapshot;
    const onRefused = (error: unknown) => {
      if (error instanceof Error) onConnectionError?.(withoutCommand(error));
    };
    this.#log = new TaskLog(this.#commands, patient ? onRefused : undefined);
    const topics = new TopicLog(this.#commands);
    this.#topicLog = topics;
    this.#relay = new Relay(topics);
    this.#tasks = new Hub(this.#subscriber, {
      channelOf: (task: TaskAddress) => taskKeys(task).channel,
      makeFeed: (task: TaskAddress) => new TaskFeed(task, this.#log, loadSnapshot),
    });
    this.#topics = new Hub(this.#subscriber, {
      channelOf: (topic: TopicAddress) => topicKeys(topic).channel,
      makeFeed: (topic: TopicAddress) => new TopicFeed(topic, topics),
    });
  }

  /** Writes the first event of a log; `not-empty` if there is one already. */
  async open(task: TaskAddress, event: Extract<TaskEventDraft, { type: 'queued' }>): Promise<AppendOutcome> {
    return outcomeOf(await this.#append(task, { mode: 'open' }, [event]));
  }

  /** Writes an event that no attempt makes, under the current attempt. Asking twice for a cancel writes it once. */
  async append(
    task: TaskAddress,
    event: Extract<TaskEventDraft, { type: 'canceling' | 'canceled' | 'log' }>,
  ): Promise<AppendOutcome> {
    return outcomeOf(await this.#append(task, { mode: 'outside' }, [event]));
  }

  /**
   * A worker takes the task: a new attempt begins with `started`, and no earlier one may write any more (MUST 9).
   * `lost`: there is no log to begin it in, or one that ends below what is persisted; `restore` it first.
   */
  async claim(task: TaskAddress, workerId: string): Promise<ClaimOutcome> {
    const reply = await this.#append(task, { mode: 'claim' }, [{ type: 'started', workerId }]);
    if (reply.status === APPEND_STATUS.ENDED) return { claimed: false, reason: 'ended' };
    if (reply.status !== APPEND_STATUS.WRITTEN) return { claimed: false, reason: 'lost' };
    const base = await loadBase(this.#log, task, this.#loadSnapshot);
    if (base.seq > reply.seq) return { claimed: false, reason: 'lost', lostAfter: base.seq };
    const snapshot = await this.snapshot(task);
    const { attempt, epoch } = reply;
    const writer = new AttemptWriter(reply, {
      encode: (events) => encodeDrafts(task, events),
      send: (batch, encoded) => this.#appendEncoded(task, { mode: 'attempt', attempt, batch, epoch }, encoded),
    });
    return { claimed: true, attempt, snapshot, writer };
  }

  /** What Redis has of a log; undefined if nothing: it was lost, never opened, or has expired after the task's end. */
  async inspect(task: TaskAddress): Promise<LogStatus | undefined> {
    const [status] = await this.#log.inspect([task]);
    return status;
  }

  /** The same of many, in order. */
  async inspectAll(tasks: readonly TaskAddress[]): Promise<(LogStatus | undefined)[]> {
    return this.#log.inspect(tasks);
  }

  /**
   * Begins a lost log anew on the persisted snapshot (MUST 12); its numbers leap, which watchers are told as a gap. May be
   * called by several at once.
   * @returns false if there was nothing to restore: the log is there, or the task has ended.
   */
  async restore(task: TaskAddress, request: RestoreRequest): Promise<boolean> {
    const { restored, relayCount } = await restoreLog(this.#log, task, {
      ...request,
      loadSnapshot: this.#loadSnapshot,
    });
    this.#relayToOwner(task, relayCount);
    return restored;
  }

  /**
   * Every message of a task after a cursor, then live, until the terminal one (MUSTs 1 to 7). Without a cursor the
   * first message is a snapshot. Ends quietly when `signal` aborts.
   * @throws TaskwireError NOT_FOUND if there is no such task, SERVICE_UNAVAILABLE if Redis cannot be reached; and
   * whatever `interrupt` was given.
   */
  async *follow(
    task: TaskAddress,
    cursor: number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<TaskMessage, void, undefined> {
    const { watcherAt, release } = await this.watchTask(task, cursor);
    try {
      yield* messagesOf(watcherAt(positionAt(cursor)), signal);
    } finally {
      release();
    }
  }

  /**
   * A hold on a task's log for any number of watchers, who share what is read and made for them.
   * @param cursor of the first of them. Throws what `follow` throws.
   */
  async watchTask(task: TaskAddress, cursor: number | undefined): Promise<Watching<TaskMessage>> {
    const { feed, release } = await this.#tasks.acquire(task, cursor);
    return { watcherAt: (position) => new TaskWatcher(feed, position), select: selectAll, release };
  }

  /** The same of a topic, for watchers with any filters. */
  async watchTopic(topic: TopicAddress, cursor: number | undefined): Promise<Watching<TopicMessage, TopicFilter>> {
    const { feed, release } = await this.#topics.acquire(topic, cursor);
    return {
      watcherAt: (position, filter) => new TopicWatcher(feed, position, filter),
      select: (step) => topicSelect(step, feed.withFromSeq),
      release,
    };
  }

  /**
   * The messages of a task after a cursor that are there now; if there are none, the first ones to come within `waitMs`
   * milliseconds. None if none came, or the task has ended and the cursor stands at its end. Throws what `follow` throws.
   */
  async poll(
    task: TaskAddress,
    cursor: number | undefined,
    wait: { waitMs: number; signal: AbortSignal },
  ): Promise<readonly TaskMessage[]> {
    const { watcherAt, release } = await this.watchTask(task, cursor);
    try {
      return await pollOf(watcherAt(positionAt(cursor)), wait);
    } finally {
      release();
    }
  }

  /**
   * Every message of a topic after a cursor, then live; it never ends by itself. Without a cursor, and where the cursor's
   * successor is gone, comes a snapshot of the unfinished tasks first. Throws what `follow` throws.
   */
  async *followTopic(
    topic: TopicAddress,
    start: { cursor: number | undefined; filter?: TopicFilter },
    signal: AbortSignal,
  ): AsyncGenerator<TopicMessage, void, undefined> {
    const { watcherAt, release } = await this.watchTopic(topic, start.cursor);
    try {
      yield* messagesOf(watcherAt(positionAt(start.cursor), start.filter), signal);
    } finally {
      release();
    }
  }

  /** At most `limit` events after `afterSeq`, in order. */
  async read(task: TaskAddress, afterSeq: number, limit: number): Promise<TaskEvent[]> {
    return this.#log.read(task, afterSeq, limit);
  }

  /** Fold of the whole log. @throws TaskwireError NOT_FOUND if there is no such task. */
  async snapshot(task: TaskAddress): Promise<TaskSnapshot> {
    return loadHead(this.#log, task, this.#loadSnapshot);
  }

  /** Removes the events up to and including `throughSeq`; a persisted snapshot must cover them (MUST 6). */
  async trim(task: TaskAddress, throughSeq: number): Promise<void> {
    await this.#log.trim(task, throughSeq);
  }

  /** Lets an ended task's log in Redis expire; its persisted snapshot must hold its last event by then. */
  async expire(task: TaskAddress, afterSeconds: number): Promise<void> {
    await this.#log.expire(task, afterSeconds);
  }

  /**
   * Removes what Redis has of a task whose row is gone. The owner's topic is told first what the task's end told the
   * project's; a full Redis takes that only later, from the project's topic. May be repeated.
   */
  async remove(task: TaskAddress): Promise<void> {
    await this.#relay.relay(task).catch(() => undefined);
    await this.#log.remove(task);
    await this.#topicLog.forgetTask(task.ownerId, task.taskId);
  }

  /** Removes the topic of a project whose row is gone. May be repeated. */
  async removeProject({ projectId, ownerId }: RelayRoute): Promise<void> {
    await this.#topicLog.remove(ownerId, projectId);
  }

  /** Tells the owner's topic what the project's has been told since. Anybody may do that at any time. */
  async relay(route: RelayRoute): Promise<void> {
    await this.#relay.relay(route);
  }

  /** How often the logs of tasks, and those of topics, were read since this process began. */
  get logReads(): { task: number; topic: number } {
    return { task: this.#log.reads, topic: this.#topicLog.reads };
  }

  /** How many tasks this process watches. */
  get watchedTasks(): number {
    return this.#tasks.size;
  }

  /** How many topics this process watches. */
  get watchedTopics(): number {
    return this.#topics.size;
  }

  /** @throws TaskwireError SERVICE_UNAVAILABLE if Redis does not answer. */
  async ping(): Promise<void> {
    await reachable(() => this.#commands.ping());
  }

  /** Sends every watcher away with this error, those that come later too. */
  interrupt(reason: Error): void {
    this.#tasks.interrupt(reason);
    this.#topics.interrupt(reason);
  }

  /** Closes feeds and connections; what is still being written is written first if Redis answers. */
  async close(): Promise<void> {
    this.#tasks.close();
    this.#topics.close();
    if (this.#commands.status === 'ready') await this.#relay.idle();
    for (const pinger of this.#pingers) pinger.stop();
    await Promise.all([quit(this.#commands), quit(this.#subscriber)]);
  }

  async #append(task: TaskAddress, author: Author, events: readonly TaskEventDraft[]): Promise<AppendReply> {
    return this.#appendEncoded(task, author, encodeDrafts(task, events));
  }

  async #appendEncoded(task: TaskAddress, author: Author, encoded: readonly string[]): Promise<AppendReply> {
    const reply = await this.#log.appendEncoded(task, author, encoded);
    this.#relayToOwner(task, reply.relayCount);
    return reply;
  }

  /** Not waited for: the log has it, and whoever relays next hands it over if this fails. */
  #relayToOwner({ projectId, ownerId }: TaskAddress, relayCount: number): void {
    if (relayCount > 0) this.#relay.relay({ projectId, ownerId }).catch(() => undefined);
  }
}

function outcomeOf({ status, seq }: AppendReply): AppendOutcome {
  switch (status) {
    case APPEND_STATUS.WRITTEN:
      return { written: true, seq };
    case APPEND_STATUS.ENDED:
      return { written: false, reason: 'ended' };
    case APPEND_STATUS.NOT_EMPTY:
      return { written: false, reason: 'not-empty' };
    case APPEND_STATUS.LOST:
    case APPEND_STATUS.SUPERSEDED:
    case APPEND_STATUS.AHEAD:
      return { written: false, reason: 'lost' };
    default:
      return status satisfies never;
  }
}

async function quit(connection: Redis): Promise<void> {
  if (connection.status !== 'ready') return connection.disconnect();
  await connection.quit().catch(() => connection.disconnect());
}

/** Opens the event log. It connects by itself, and again whenever the connection is lost. */
export function createEventLog(settings: EventLogSettings): EventLog {
  return new EventLog(settings);
}

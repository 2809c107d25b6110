import type { TaskEvent, TaskEventDraft, TaskMessage, TaskSnapshot } from '@taskwire/protocol';
import type { Redis } from 'ioredis';
import { APPEND_STATUS } from './append-script.ts';
import { AttemptWriter } from './attempt-writer.ts';
import { connect, reachable, withoutCommand } from './connection.ts';
import { follow } from './follow.ts';
import { Hub } from './hub.ts';
import type { TaskAddress } from './keys.ts';
import { loadHead, type LoadSnapshot } from './load-head.ts';
import { TaskLog, type Author } from './task-log.ts';

export interface EventLogSettings {
  redisUrl: string;
  /** The persisted state of a task, or undefined if there is no such task. */
  loadSnapshot: LoadSnapshot;
  /** Appends and reads wait for as long as Redis is away, instead of failing within seconds. For workers. */
  patient?: boolean;
  /** Called for each failed try to reach Redis; the connection goes on trying. */
  onConnectionError?: (error: Error) => void;
}

/** What became of an append that no attempt makes. */
export type AppendOutcome = { written: true; seq: number } | { written: false; reason: 'ended' | 'not-empty' };

/** What became of a worker's claim. `snapshot` is the state right after it. */
export type ClaimOutcome =
  | { claimed: true; attempt: number; snapshot: TaskSnapshot; writer: AttemptWriter }
  | { claimed: false; reason: 'ended' };

/** The event logs of all tasks: append, read after a cursor, follow. Owns two connections to Redis. */
export class EventLog {
  readonly #commands: Redis;
  readonly #subscriber: Redis;
  readonly #log: TaskLog;
  readonly #hub: Hub;
  readonly #loadSnapshot: LoadSnapshot;

  constructor(settings: EventLogSettings) {
    this.#commands = connect(settings.redisUrl, settings.patient ?? false);
    this.#subscriber = connect(settings.redisUrl, settings.patient ?? false);
    for (const connection of [this.#commands, this.#subscriber]) {
      connection.on('error', (error: Error) => settings.onConnectionError?.(withoutCommand(error)));
    }
    this.#loadSnapshot = settings.loadSnapshot;
    this.#log = new TaskLog(this.#commands);
    this.#hub = new Hub(this.#subscriber, this.#log, settings.loadSnapshot);
  }

  /** Writes the first event of a log; `not-empty` if there is one already. */
  async open(task: TaskAddress, event: Extract<TaskEventDraft, { type: 'queued' }>): Promise<AppendOutcome> {
    return this.#appendAs(task, { mode: 'open' }, event);
  }

  /** Writes an event that no attempt makes, under the current attempt. Asking twice for a cancel writes it once. */
  async append(
    task: TaskAddress,
    event: Extract<TaskEventDraft, { type: 'canceling' | 'canceled' }>,
  ): Promise<AppendOutcome> {
    return this.#appendAs(task, { mode: 'outside' }, event);
  }

  /** A worker takes the task: a new attempt begins with `started`, and no earlier one may write any more (MUST 9). */
  async claim(task: TaskAddress, workerId: string): Promise<ClaimOutcome> {
    const reply = await this.#log.append(task, { mode: 'claim' }, [{ type: 'started', workerId }]);
    if (reply.status === APPEND_STATUS.ENDED) return { claimed: false, reason: 'ended' };
    const snapshot = await this.snapshot(task);
    return {
      claimed: true,
      attempt: reply.attempt,
      snapshot,
      writer: new AttemptWriter(this.#log, task, reply.attempt),
    };
  }

  /**
   * Every message of a task after a cursor, then live, until the terminal one (MUSTs 1 to 7). Without a cursor the
   * first message is a snapshot. Ends quietly when `signal` aborts.
   * @throws TaskwireError NOT_FOUND if there is no such task, SERVICE_UNAVAILABLE if Redis cannot be reached; and
   * whatever `interrupt` was given.
   */
  follow(task: TaskAddress, cursor: number | undefined, signal: AbortSignal): AsyncGenerator<TaskMessage, void> {
    return follow(this.#hub, task, { cursor, signal });
  }

  /** At most `limit` events after `afterSeq`, in order. */
  async read(task: TaskAddress, afterSeq: number, limit: number): Promise<TaskEvent[]> {
    return this.#log.read(task, afterSeq, limit);
  }

  /** Fold of the whole log. @throws TaskwireError NOT_FOUND if there is no such task. */
  async snapshot(task: TaskAddress): Promise<TaskSnapshot> {
    return loadHead(this.#log, task, this.#loadSnapshot);
  }

  /** Lets an ended task's log in Redis expire; its persisted snapshot must hold its last event by then. */
  async expire(task: TaskAddress, afterSeconds: number): Promise<void> {
    await this.#log.expire(task, afterSeconds);
  }

  /** How many tasks this process watches. */
  get watchedTasks(): number {
    return this.#hub.size;
  }

  /** @throws TaskwireError SERVICE_UNAVAILABLE if Redis does not answer. */
  async ping(): Promise<void> {
    await reachable(() => this.#commands.ping());
  }

  /** Sends every watcher away with this error, those that come later too. */
  interrupt(reason: Error): void {
    this.#hub.interrupt(reason);
  }

  /** Closes feeds and connections; what is still being written is written first if Redis answers. */
  async close(): Promise<void> {
    this.#hub.close();
    await Promise.all([quit(this.#commands), quit(this.#subscriber)]);
  }

  async #appendAs(task: TaskAddress, author: Author, event: TaskEventDraft): Promise<AppendOutcome> {
    const { status, seq } = await this.#log.append(task, author, [event]);
    if (status === APPEND_STATUS.ENDED) return { written: false, reason: 'ended' };
    if (status === APPEND_STATUS.NOT_EMPTY) return { written: false, reason: 'not-empty' };
    return { written: true, seq };
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

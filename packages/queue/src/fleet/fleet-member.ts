import type { Redis } from 'ioredis';
import type { JobOutcome } from '../task-job.ts';
import { withoutCommand, connectToFleet } from './connect.ts';
import type { WorkerTimings } from '../worker/worker-timings.ts';
import { HEARTBEATS_KEY, RESUMED_KEY, recordKey } from './keys.ts';
import { TAKE_STATUS } from './scripts.ts';

/** Facts about a worker for the other workers and for operators. */
export interface WorkerIdentity {
  workerId: string;
  version: string;
  /** The kinds with a handler in the worker. */
  kinds: readonly string[];
}

/** The lock of a delivery, in BullMQ's form. */
export interface LockHold {
  key: string;
  token: string;
  ms: number;
}

/** Answer to a worker that asks for a task. */
export type Taking =
  | { status: 'taken'; deaths: number; isSuspect: boolean; failures: number }
  | { status: 'elsewhere' | 'busy'; waits: number }
  | { status: 'undecided' | 'early'; waitMs: number }
  | { status: 'lost' };

/** Number of silences without an answer to a heartbeat after which the worker reconnects. */
const SILENCES_UNTIL_RECONNECT = 2;

/**
 * One worker of the fleet. It sends heartbeats and records which tasks it runs, so that readers can tell its death from
 * a stall.
 * Modes: alive → left (`leave`), or dead (`die`). After that it writes nothing more to Redis.
 */
export class FleetMember {
  readonly #redis: Redis;
  readonly #identity: WorkerIdentity;
  readonly #timings: WorkerTimings;
  readonly #startedAt = Date.now();
  readonly #running: () => Iterable<string>;
  readonly #timer: NodeJS.Timeout;
  #heartbeatSince: number | undefined;

  /** @param running the tasks that the process runs or is about to take. */
  constructor(
    settings: { redisUrl: string; identity: WorkerIdentity; timings: WorkerTimings; onError: (error: Error) => void },
    running: () => Iterable<string>,
  ) {
    this.#redis = connectToFleet(settings.redisUrl, true);
    this.#redis.on('error', (error: Error) => settings.onError(withoutCommand(error)));
    this.#identity = settings.identity;
    this.#timings = settings.timings;
    this.#running = running;
    this.#timer = setInterval(() => this.#heartbeat(), this.#timings.heartbeatMs);
  }

  /** Resolves once the fleet knows this worker. */
  async join(): Promise<void> {
    await this.#sendHeartbeat();
  }

  /** Judges the workers that had the task, and records that the task runs here, if it may. */
  async take(taskId: string, lock: LockHold, isAlone: boolean): Promise<Taking> {
    const { silentMs } = this.#timings;
    const reply = await this.#redis.taskwireTake(
      ...[recordKey(taskId), HEARTBEATS_KEY, RESUMED_KEY, lock.key],
      ...[this.#identity.workerId, taskId, lock.token, lock.ms, silentMs, this.#outageMs, isAlone ? 1 : 0],
    );
    return takingOf(Array.isArray(reply) ? reply.map(Number) : []);
  }

  /**
   * Records the end of a run.
   * @returns the number of consecutive deliveries that did not run the task.
   */
  async end(taskId: string, run: { outcome: JobOutcome; retryDelayMs: number; ranAlone: boolean }): Promise<number> {
    const { outcome, retryDelayMs, ranAlone } = run;
    const { workerId } = this.#identity;
    const key = recordKey(taskId);
    return Number(await this.#redis.taskwireEndRun(key, workerId, taskId, outcome, retryDelayMs, ranAlone ? 1 : 0));
  }

  /** Ends in order, so that the tasks that still run here are charged with no death. Waits for Redis. */
  async leave(): Promise<void> {
    clearInterval(this.#timer);
    await this.#redis.taskwireLeave(HEARTBEATS_KEY, this.#identity.workerId);
    await this.#redis.quit().catch(() => this.#redis.disconnect());
  }

  /** Stops without notice, like a process that dies. */
  die(): void {
    clearInterval(this.#timer);
    this.#redis.disconnect();
  }

  /** Pause (ms) between heartbeats of any worker that only an absence of Redis or of all workers explains. */
  get #outageMs(): number {
    return Math.round(this.#timings.heartbeatMs * 2.5);
  }

  #heartbeat(): void {
    if (this.#heartbeatSince !== undefined) return this.#reconnectIfStuck(this.#heartbeatSince);
    this.#sendHeartbeat().catch(() => undefined);
  }

  async #sendHeartbeat(): Promise<void> {
    const { workerId, version, kinds } = this.#identity;
    this.#heartbeatSince = performance.now();
    try {
      const facts = [workerId, version, kinds.join(' '), this.#startedAt, this.#outageMs];
      await this.#redis.taskwireHeartbeat(HEARTBEATS_KEY, RESUMED_KEY, ...facts, ...this.#running());
    } finally {
      this.#heartbeatSince = undefined;
    }
  }

  /** Reconnects a connection whose other end is silently gone. It would keep its commands for minutes. */
  #reconnectIfStuck(since: number): void {
    const longMs = SILENCES_UNTIL_RECONNECT * this.#timings.silentMs;
    if (this.#redis.status !== 'ready' || performance.now() - since < longMs) return;
    this.#heartbeatSince = performance.now();
    this.#redis.disconnect(true);
  }
}

function takingOf([status, deaths = 0, suspect = 0, failures = 0, number = 0]: readonly number[]): Taking {
  switch (status) {
    case TAKE_STATUS.TAKEN:
      return { status: 'taken', deaths, isSuspect: suspect === 1, failures };
    case TAKE_STATUS.ELSEWHERE:
      return { status: 'elsewhere', waits: number };
    case TAKE_STATUS.BUSY:
      return { status: 'busy', waits: number };
    case TAKE_STATUS.UNDECIDED:
      return { status: 'undecided', waitMs: number };
    case TAKE_STATUS.EARLY:
      return { status: 'early', waitMs: number };
    case TAKE_STATUS.LOST:
      return { status: 'lost' };
    default:
      throw new Error('the script that takes a task gave an answer of another version');
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { TaskwireError } from '@taskwire/protocol';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { connectToFleet } from './fleet/connect.ts';
import { announceWait, readWorkers, withdrawAnnouncement, type FleetWorker } from './fleet/fleet-reader.ts';
import { QUEUE_NAME, QUEUE_PREFIX, type JobData } from './queue-settings.ts';
import { retryPolicyOf } from './retry-policy.ts';
import { withoutCommand } from './without-command.ts';

/** How long (ms) a caller waits for the queue. */
const DEADLINE_MS = 3_000;

/** The queue of `probe`. */
const PROBE_QUEUE_NAME = 'probe';
/** A job that a probe leaves behind is worked on by nobody, and in the way of nobody. */
const PROBE_DELAY_MS = 60_000;

export interface TaskQueueSettings {
  redisUrl: string;
  /** Called for each failed try to reach Redis; the connection goes on trying. */
  onConnectionError?: (error: Error) => void;
}

/** States in which a job will come to a worker, or has come to one, by itself. */
const LIVING_STATES: ReadonlySet<string> = new Set(['waiting', 'prioritized', 'delayed', 'active']);
/** How many jobs are asked for at once. */
const STATES_AT_ONCE = 500;

/** The producing end of the queue. A job's id is its task's id. Everything throws SERVICE_UNAVAILABLE without Redis. */
export class TaskQueue {
  readonly #queue: Queue<JobData>;
  readonly #fleet: Redis;
  readonly #connection: { url: string; maxRetriesPerRequest: number; connectTimeout: number };
  #probe: Queue | undefined;

  constructor({ redisUrl, onConnectionError }: TaskQueueSettings) {
    this.#connection = { url: redisUrl, maxRetriesPerRequest: 5, connectTimeout: 5_000 };
    this.#queue = new Queue<JobData>(QUEUE_NAME, {
      prefix: QUEUE_PREFIX,
      connection: this.#connection,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    this.#fleet = connectToFleet(redisUrl, false);
    this.#queue.on('error', (error) => onConnectionError?.(withoutCommand(error)));
    this.#fleet.on('error', (error: Error) => onConnectionError?.(withoutCommand(error)));
  }

  /**
   * Enqueues a task; one that is enqueued already stays as it is. What is left of an earlier job of the same task that
   * has ended gives way to the new one.
   * @param task.kind May be one that this build does not know: the task waits for a worker that does.
   * @param task.priority 1 is run first.
   */
  async enqueue(task: { taskId: string; kind: string; priority: number }): Promise<void> {
    await this.#reach(async () => {
      const earlier = await this.#queue.getJob(task.taskId);
      if (earlier?.finishedOn !== undefined) await this.#queue.remove(task.taskId);
      await this.#add(task);
    });
  }

  /**
   * Of these tasks, the ones that no worker has or will get: without a job that waits for its turn or its delay, or that
   * a worker has. One whose worker has died is not among them: it is taken over by itself.
   */
  async missing(taskIds: readonly string[]): Promise<Set<string>> {
    const missing = new Set<string>();
    for (let from = 0; from < taskIds.length; from += STATES_AT_ONCE) {
      const some = taskIds.slice(from, from + STATES_AT_ONCE);
      // Asked for without waiting in between, so that they travel together.
      const states = await this.#reach(() => Promise.all(some.map((taskId) => this.#queue.getJobState(taskId))));
      for (const [index, taskId] of some.entries()) {
        if (!LIVING_STATES.has(states[index] ?? 'unknown')) missing.add(taskId);
      }
    }
    return missing;
  }

  /** Makes sure that no worker will take the task. False if one has it already. */
  async removeWaiting(taskId: string): Promise<boolean> {
    return (await this.#reach(() => this.#queue.remove(taskId))) === 1;
  }

  /**
   * Every worker that was seen within the last day, the one with the latest heartbeat first.
   * @param silentMs without a heartbeat for this long one is not alive; that of the workers, if absent.
   */
  async workers(silentMs?: number): Promise<FleetWorker[]> {
    return this.#reach(() => readWorkers(this.#fleet, silentMs));
  }

  /** Whether the caller is the first to announce the wait that a task is in: it is then the one to tell the watchers. */
  async announceWait(taskId: string): Promise<boolean> {
    return this.#reach(() => announceWait(this.#fleet, taskId));
  }

  /** Lets the wait of a task be announced again: the event for the watchers could not be appended. */
  async withdrawAnnouncement(taskId: string): Promise<void> {
    await this.#reach(() => withdrawAnnouncement(this.#fleet, taskId));
  }

  async ping(): Promise<void> {
    await this.#reach(() => this.#queue.getJobCounts('waiting'));
  }

  /**
   * Puts a job into a queue of its own, which no worker takes from, and takes it out again.
   * @throws TaskwireError SERVICE_UNAVAILABLE, caused by what Redis refused.
   */
  async probe(): Promise<void> {
    await this.#reach(async () => {
      this.#probe ??= this.#openProbe();
      await this.#probe.add('probe', {}, { jobId: 'probe', delay: PROBE_DELAY_MS });
      await this.#probe.remove('probe');
    });
  }

  async close(): Promise<void> {
    this.#fleet.disconnect();
    await this.#probe?.close();
    await this.#queue.close();
  }

  #openProbe(): Queue {
    const probe = new Queue(PROBE_QUEUE_NAME, {
      prefix: QUEUE_PREFIX,
      connection: this.#connection,
      streams: { events: { maxLen: 10 } },
    });
    // The connection of the queue meets the same errors.
    probe.on('error', () => undefined);
    return probe;
  }

  async #add({ taskId, kind, priority }: { taskId: string; kind: string; priority: number }): Promise<void> {
    const { attempts, backoffMs } = retryPolicyOf(kind);
    const backoff = { type: 'exponential', delay: backoffMs };
    await this.#queue.add(kind, { kind }, { jobId: taskId, priority, attempts, backoff });
  }

  /** BullMQ waits for as long as Redis is away; a caller does not. A late command does no harm: it is idempotent. */
  async #reach<Value>(command: () => Promise<Value>): Promise<Value> {
    const late = new AbortController();
    const deadline = delay(DEADLINE_MS, undefined, { signal: late.signal }).then(() => {
      throw new Error(`no answer within ${DEADLINE_MS} ms`);
    });
    try {
      return await Promise.race([command(), deadline]);
    } catch (cause) {
      throw new TaskwireError('SERVICE_UNAVAILABLE', 'the task queue cannot be reached; try again in a moment', {
        cause,
      });
    } finally {
      late.abort();
      deadline.catch(() => undefined);
    }
  }
}

/** Opens the producing end of the queue. It connects by itself, and again whenever the connection is lost. */
export function createTaskQueue(settings: TaskQueueSettings): TaskQueue {
  return new TaskQueue(settings);
}

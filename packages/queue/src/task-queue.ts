import { setTimeout as delay } from 'node:timers/promises';
import { TaskwireError } from '@taskwire/protocol';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { connectToFleet, withoutCommand } from './fleet/connect.ts';
import { announceWait, readWorkers, withdrawAnnouncement, type FleetWorker } from './fleet/fleet-reader.ts';
import { QUEUE_NAME, QUEUE_PREFIX, UNKNOWN_KIND_POLICY, type JobData, type RetryPolicyOf } from './task-job.ts';

/** Longest wait (ms) of a caller for the queue. */
const DEADLINE_MS = 3_000;

/** Name of the queue of `probe`. */
const PROBE_QUEUE_NAME = 'probe';
/** Delay (ms) of a probe's job. No worker takes a job that a probe left behind, and it blocks nothing. */
const PROBE_DELAY_MS = 60_000;

export interface TaskQueueSettings {
  redisUrl: string;
  /** Retry policies of the kinds that the process knows. They hold for workers that do not know a task's kind. */
  retryPolicyOf?: RetryPolicyOf;
  /** Called for each failed try to reach Redis. The connection keeps trying. */
  onConnectionError?: (error: Error) => void;
}

/** States of jobs that a worker has, or will get without further action. */
const LIVING_STATES: ReadonlySet<string> = new Set(['waiting', 'prioritized', 'delayed', 'active']);
/** Number of jobs per request. */
const STATES_AT_ONCE = 500;

/**
 * The producing end of the queue. A job's id is its task's id. Without Redis, every method throws SERVICE_UNAVAILABLE.
 */
export class TaskQueue {
  readonly #queue: Queue<JobData>;
  readonly #fleet: Redis;
  readonly #connection: { url: string; maxRetriesPerRequest: number; connectTimeout: number };
  readonly #retryPolicyOf: RetryPolicyOf;
  #probe: Queue | undefined;

  constructor({ redisUrl, retryPolicyOf, onConnectionError }: TaskQueueSettings) {
    this.#retryPolicyOf = retryPolicyOf ?? (() => undefined);
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
   * Enqueues a task. A task that is enqueued already stays unchanged. The remains of an ended job of the same task are
   * replaced.
   * @param task.kind a kind that this build may not know: the task then waits for a worker that knows it.
   * @param task.priority 1 runs first.
   */
  async enqueue(task: { taskId: string; kind: string; priority: number }): Promise<void> {
    await this.#reach(async () => {
      const earlier = await this.#queue.getJob(task.taskId);
      if (earlier?.finishedOn !== undefined) await this.#queue.remove(task.taskId);
      await this.#add(task);
    });
  }

  /**
   * Returns those of these tasks that no worker has or will get: their jobs neither wait nor run. A task of a dead
   * worker is not among them, because BullMQ delivers it again.
   */
  async missing(taskIds: readonly string[]): Promise<Set<string>> {
    const missing = new Set<string>();
    for (let from = 0; from < taskIds.length; from += STATES_AT_ONCE) {
      const some = taskIds.slice(from, from + STATES_AT_ONCE);
      // The requests are sent together, without waiting for each answer.
      const states = await this.#reach(() => Promise.all(some.map((taskId) => this.#queue.getJobState(taskId))));
      for (const [index, taskId] of some.entries()) {
        if (!LIVING_STATES.has(states[index] ?? 'unknown')) missing.add(taskId);
      }
    }
    return missing;
  }

  /** Prevents workers from taking the task. False if a worker has it already. */
  async removeWaiting(taskId: string): Promise<boolean> {
    return (await this.#reach(() => this.#queue.remove(taskId))) === 1;
  }

  /**
   * Every worker of the last day, the one with the latest heartbeat first.
   * @param silentMs time without a heartbeat after which a worker is not alive; the workers' own limit if absent.
   */
  async workers(silentMs?: number): Promise<FleetWorker[]> {
    return this.#reach(() => readWorkers(this.#fleet, silentMs));
  }

  /** Whether the caller is the first to announce the task's current wait. If so, it must append the event. */
  async announceWait(taskId: string): Promise<boolean> {
    return this.#reach(() => announceWait(this.#fleet, taskId));
  }

  /** Lets the wait of a task be announced again, because the event could not be appended. */
  async withdrawAnnouncement(taskId: string): Promise<void> {
    await this.#reach(() => withdrawAnnouncement(this.#fleet, taskId));
  }

  async ping(): Promise<void> {
    await this.#reach(() => this.#queue.getJobCounts('waiting'));
  }

  /**
   * Adds a job to a queue that no worker reads, and removes it again.
   * @throws TaskwireError SERVICE_UNAVAILABLE, with Redis's refusal as its cause.
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
    // The main queue's connection reports the same errors.
    probe.on('error', () => undefined);
    return probe;
  }

  async #add({ taskId, kind, priority }: { taskId: string; kind: string; priority: number }): Promise<void> {
    const { attempts, backoffMs } = this.#retryPolicyOf(kind) ?? UNKNOWN_KIND_POLICY;
    const backoff = { type: 'exponential', delay: backoffMs };
    await this.#queue.add(kind, { kind }, { jobId: taskId, priority, attempts, backoff });
  }

  /**
   * Limits a command's wait, because BullMQ waits as long as Redis is away. A late command is harmless, because
   * commands are idempotent.
   */
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

/** Opens the producing end of the queue. It connects and reconnects on its own. */
export function createTaskQueue(settings: TaskQueueSettings): TaskQueue {
  return new TaskQueue(settings);
}

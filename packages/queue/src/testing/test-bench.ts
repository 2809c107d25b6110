import { randomUUID } from 'node:crypto';
import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import {
  QUEUE_NAME,
  QUEUE_PREFIX,
  type JobData,
  type JobOutcome,
  type RetryPolicy,
  type TaskJob,
} from '../task-job.ts';
import { createTaskQueue, type TaskQueue } from '../task-queue.ts';
import { createTaskWorker, type TaskWorker, type TaskWorkerSettings } from '../worker/task-worker.ts';
import type { WorkerTimings } from '../worker/worker-timings.ts';
import type { WorkerIdentity } from '../fleet/fleet-member.ts';

/** Retry policies of the tests' kinds. */
export function retryPolicyOf(kind: string): RetryPolicy | undefined {
  return kind === 'demo.count' ? { attempts: 3, backoffMs: 1_000 } : undefined;
}

/** Timings that fit a stall, a death and its confirmation into two seconds. */
export const QUICK: WorkerTimings = {
  lockMs: 900,
  stalledCheckMs: 200,
  heartbeatMs: 100,
  silentMs: 500,
  confirmMs: 300,
  laterMs: 20,
  laterCapMs: 200,
  aloneMs: 50,
};

/** A Redis, a queue and workers, for one test file. */
export class TestBench {
  readonly redis: TestRedis;
  readonly queue: TaskQueue;
  /** The same queue through BullMQ's own interface. */
  readonly raw: Queue<JobData>;
  readonly client: Redis;
  readonly errors: Error[] = [];
  readonly #workers: TaskWorker[] = [];

  constructor(redis: TestRedis) {
    const { redisUrl } = redis;
    this.redis = redis;
    this.queue = createTaskQueue({ redisUrl, retryPolicyOf });
    this.raw = new Queue(QUEUE_NAME, { prefix: QUEUE_PREFIX, connection: { url: redisUrl } });
    this.client = new Redis(redisUrl);
  }

  static async open(): Promise<TestBench> {
    return new TestBench(await createTestRedis());
  }

  work(run: (job: TaskJob) => Promise<JobOutcome>, changed: Partial<TaskWorkerSettings> = {}): TaskWorker {
    const worker = createTaskWorker({
      redisUrl: this.redis.redisUrl,
      identity: identity(),
      concurrency: 4,
      timings: QUICK,
      onError: (error) => this.errors.push(error),
      run,
      ...changed,
    });
    this.#workers.push(worker);
    return worker;
  }

  /**
   * Enqueues a task.
   * @returns its id.
   */
  async enqueue(): Promise<string> {
    const taskId = randomUUID();
    await this.queue.enqueue({ taskId, kind: 'demo.count', priority: 5 });
    return taskId;
  }

  /** Deletes the lock of a running task, as a stall does. */
  async loseLock(taskId: string): Promise<void> {
    await this.client.del(`${this.raw.toKey(taskId)}:lock`);
  }

  /** Kills all workers. */
  async clear(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.close(true)));
    await this.client.flushall();
    this.errors.length = 0;
  }

  async close(): Promise<void> {
    await this.clear();
    await Promise.all([this.queue.close(), this.raw.close(), this.client.quit()]);
    await this.redis.stop();
  }
}

/** A run that the test ends. */
export interface HeldRun {
  job: TaskJob;
  end: (outcome: JobOutcome) => void;
}

/** A runner whose runs wait for the test. `most`: the largest number of parallel runs, of one task and of all. */
export function heldRuns() {
  const held: HeldRun[] = [];
  const active = new Map<string, number>();
  const most = { ofOne: 0, ofAll: 0 };
  const run = async (job: TaskJob): Promise<JobOutcome> => {
    active.set(job.taskId, (active.get(job.taskId) ?? 0) + 1);
    const all = [...active.values()].reduce((sum, count) => sum + count, 0);
    most.ofOne = Math.max(most.ofOne, active.get(job.taskId) ?? 0);
    most.ofAll = Math.max(most.ofAll, all);
    const outcome = await new Promise<JobOutcome>((resolve) => held.push({ job, end: resolve }));
    active.set(job.taskId, (active.get(job.taskId) ?? 1) - 1);
    return outcome;
  };
  return { run, held, most };
}

/** Makes the identity of a test's worker. */
export function identity(changed: Partial<WorkerIdentity> = {}): WorkerIdentity {
  return { workerId: `worker-${randomUUID().slice(0, 8)}`, version: '1.0.0', kinds: ['demo.count'], ...changed };
}

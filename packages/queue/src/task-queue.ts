import { setTimeout as delay } from 'node:timers/promises';
import { TaskwireError } from '@taskwire/protocol';
import { taskDefinitions, type TaskKind } from '@taskwire/tasks';
import { Queue } from 'bullmq';
import { QUEUE_NAME, QUEUE_PREFIX, type JobData } from './queue-settings.ts';
import { withoutCommand } from './without-command.ts';

/** How long (ms) a caller waits for the queue. */
const DEADLINE_MS = 3_000;

export interface TaskQueueSettings {
  redisUrl: string;
  /** Called for each failed try to reach Redis; the connection goes on trying. */
  onConnectionError?: (error: Error) => void;
}

/** The producing end of the queue. A job's id is its task's id. Everything throws SERVICE_UNAVAILABLE without Redis. */
export class TaskQueue {
  readonly #queue: Queue<JobData>;

  constructor({ redisUrl, onConnectionError }: TaskQueueSettings) {
    this.#queue = new Queue<JobData>(QUEUE_NAME, {
      prefix: QUEUE_PREFIX,
      connection: { url: redisUrl, maxRetriesPerRequest: 5, connectTimeout: 5_000 },
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    this.#queue.on('error', (error) => onConnectionError?.(withoutCommand(error)));
  }

  /**
   * Enqueues a task; one that is enqueued already stays as it is.
   * @param task.priority 1 is run first.
   */
  async enqueue(task: { taskId: string; kind: TaskKind; priority: number }): Promise<void> {
    const { attempts, backoffMs } = taskDefinitions[task.kind].retry;
    await this.#reach(() =>
      this.#queue.add(
        task.kind,
        { kind: task.kind },
        {
          jobId: task.taskId,
          priority: task.priority,
          attempts,
          backoff: { type: 'exponential', delay: backoffMs },
        },
      ),
    );
  }

  /** Makes sure that no worker will take the task. False if one has it already. */
  async removeWaiting(taskId: string): Promise<boolean> {
    return (await this.#reach(() => this.#queue.remove(taskId))) === 1;
  }

  async ping(): Promise<void> {
    await this.#reach(() => this.#queue.getJobCounts('waiting'));
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }

  /** BullMQ waits for as long as Redis is away; a caller does not. What comes too late does no harm: it is idempotent. */
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

import type { TaskJob } from '@taskwire/queue';
import { isTerminalStatus } from '@taskwire/protocol';
import { Attempt } from './attempt.ts';
import { endAttempt } from './end-attempt.ts';
import { WORKERS_LOST, failureOf } from './failure.ts';
import { followAttempt } from './follow-attempt.ts';
import { recordEnd } from './record-end.ts';
import { runTask, type WorkOutcome } from './run-task.ts';
import type { CurrentTry, RunnerParts } from './runner-parts.ts';

/** Runs tasks, one call a job. */
export class TaskRunner {
  readonly #parts: RunnerParts;
  readonly #running = new Set<Attempt>();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /**
   * Runs one try of a task, from its claim to what is written of its end.
   * @returns what the queue is to do with the job.
   * @throws if PostgreSQL fails, or Redis has lost the log; the next try finds out what is left to do.
   */
  async run(job: TaskJob): Promise<'finished' | 'retry'> {
    const { rows, eventLog, workerId } = this.#parts;
    const logger = this.#parts.logger.child({ taskId: job.taskId, kind: job.kind });
    const row = await rows.find(job.taskId);
    if (row === undefined || isTerminalStatus(row.status)) {
      logger.info(row === undefined ? 'the task has no row: skipped' : 'the task has ended already: skipped');
      return 'finished';
    }
    const claim = await eventLog.claim(row, workerId);
    if (!claim.claimed) {
      logger.info('the task has ended already: its row is completed');
      await recordEnd(this.#parts, row);
      return 'finished';
    }
    const attempt = new Attempt(claim);
    this.#running.add(attempt);
    try {
      return await this.#try({ job, row, attempt, logger: logger.child({ attempt: attempt.number }) });
    } finally {
      this.#running.delete(attempt);
      attempt.close();
    }
  }

  /** Stops what is running, for another worker to take it over: the worker is being stopped. */
  handOver(): void {
    for (const attempt of this.#running) attempt.stop('shutdown');
  }

  async #try(current: CurrentTry): Promise<'finished' | 'retry'> {
    const { row, attempt } = current;
    if (attempt.snapshot.state.status === 'canceling') attempt.stop('canceled');
    else await this.#parts.rows.markRunning(row, attempt.number);
    const stopFollowing = followAttempt(this.#parts, current);
    try {
      const outcome = await this.#work(current);
      return await endAttempt(this.#parts, current, outcome);
    } finally {
      await stopFollowing();
    }
  }

  async #work({ job, row, attempt, logger }: CurrentTry): Promise<WorkOutcome> {
    if (attempt.signal.aborted) return failureOf(attempt.signal.reason);
    if (job.triesLeft < 0) return WORKERS_LOST;
    const { signal, journal, number, snapshot } = attempt;
    const context = { ownerId: row.ownerId, attempt: number, signal, journal, state: snapshot.state };
    logger.info({ triesLeft: job.triesLeft }, 'attempt started');
    return runTask(row, context, this.#parts.workshop);
  }
}

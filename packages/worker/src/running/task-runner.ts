import { describeThrown } from '@taskwire/process-kit';
import { isTerminalStatus } from '@taskwire/protocol';
import type { JobOutcome, TaskJob } from '@taskwire/queue';
import type { Logger } from 'pino';
import { keepSnapshots } from '../retention/keep-snapshots.ts';
import { settleTask } from '../retention/settle-task.ts';
import { refusalOf } from './waiting/acceptance.ts';
import { announceWait } from './waiting/announce-wait.ts';
import { Attempt } from './attempt/attempt.ts';
import { claimTask } from './attempt/claim-task.ts';
import { endAttempt } from './attempt/end-attempt.ts';
import { recordPercent } from './watching/record-percent.ts';
import type { CurrentAttempt, RunnerDependencies } from './runner-dependencies.ts';
import type { TaskRow } from './stored/task-rows.ts';
import { timeLimitOf, watchDeadline } from './watching/watch-deadline.ts';
import { watchAttempt } from './watching/watch-attempt.ts';
import { runWithGrace } from './handler/run-with-grace.ts';

/**
 * Runs the tasks of a worker process, one call a job.
 *
 * Running → stopping: `handOver` stops each attempt that runs, and each that begins later.
 */
export class TaskRunner {
  readonly #dependencies: RunnerDependencies;
  readonly #running = new Map<string, Attempt>();
  readonly #stopping = new AbortController();

  constructor(dependencies: RunnerDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Runs one attempt of a task, from its claim until its end is written. Never throws. If PostgreSQL or Redis fails, the
   * attempt uses up no try, and the next delivery of the job continues the task.
   * @returns the outcome for the queue.
   */
  async run(job: TaskJob): Promise<JobOutcome> {
    if (this.#isStopping()) return 'hand-over';
    const logger = this.#dependencies.logger.child({ taskId: job.taskId, kind: job.kind });
    try {
      return await this.#run(job, logger);
    } catch (error) {
      logger.error({ err: describeThrown(error) }, 'the task could not be run now: it comes again');
      return 'later';
    }
  }

  async #run(job: TaskJob, logger: Logger): Promise<JobOutcome> {
    const row = await this.#dependencies.rows.find(job.taskId);
    if (row === undefined || isTerminalStatus(row.status)) {
      logger.info(row === undefined ? 'the task has no row: skipped' : 'the task has ended already: skipped');
      return 'finished';
    }
    const refusal = refusalOf(row, this.#dependencies.handlerKit);
    if (refusal !== undefined && !(await this.#isCanceling(row))) {
      await announceWait(this.#dependencies, row, { refusal, logger });
      return 'later';
    }
    const claim = await claimTask(this.#dependencies, row);
    if (claim === undefined) {
      logger.info('the task has ended already: its row is completed');
      await settleTask(this.#dependencies, row);
      return 'finished';
    }
    const attempt = new Attempt(claim);
    this.#running.set(row.taskId, attempt);
    if (this.#isStopping()) attempt.stop('shutdown');
    try {
      const limitMs = timeLimitOf(row, this.#dependencies.catalog);
      return await this.#runAttempt({ job, row, attempt, limitMs, logger: logger.child({ attempt: attempt.number }) });
    } finally {
      this.#running.delete(row.taskId);
      attempt.close();
    }
  }

  /** Stops all attempts, present and future, so that another worker takes them over: this worker stops. */
  handOver(): void {
    this.#stopping.abort();
    for (const attempt of this.#running.values()) attempt.stop('shutdown');
  }

  /**
   * Fails the attempt of a task whose handler threw outside of the promise that it returned.
   * @returns false if the task does not run here.
   */
  crash(taskId: string, cause: unknown): boolean {
    const attempt = this.#running.get(taskId);
    attempt?.stop('crashed', { cause });
    return attempt !== undefined;
  }

  /** Whether `run` would end the task without its handler: it was canceled, has ended or was deleted. */
  async isOnlyToBeEnded(taskId: string): Promise<boolean> {
    const row = await this.#dependencies.rows.find(taskId);
    return row === undefined || isTerminalStatus(row.status) || this.#isCanceling(row);
  }

  /** Each worker can end a canceled task, also one that it cannot run. */
  async #isCanceling(row: TaskRow): Promise<boolean> {
    return row.status === 'canceling' || (await this.#dependencies.eventLog.inspect(row))?.canceling === true;
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #runAttempt(current: CurrentAttempt): Promise<JobOutcome> {
    const { row, attempt } = current;
    // If Redis has lost the log, only the row knows of the cancel.
    if (row.status === 'canceling' || attempt.snapshot.state.status === 'canceling') attempt.stop('canceled');
    const stopDeadline = watchDeadline(attempt, current.limitMs);
    if (!attempt.signal.aborted) await this.#dependencies.rows.markRunning(row, attempt.number);
    const keeper = keepSnapshots(this.#dependencies, row, attempt);
    const stopRecording = recordPercent(this.#dependencies, current);
    const stopWatching = watchAttempt(this.#dependencies, current);
    try {
      const outcome = await runWithGrace(this.#dependencies, current, () => keeper.stageEnded());
      stopDeadline();
      return await endAttempt(this.#dependencies, current, outcome);
    } finally {
      stopDeadline();
      await Promise.all([keeper.stop(), stopRecording(), stopWatching()]);
    }
  }
}

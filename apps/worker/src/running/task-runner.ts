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
import type { CurrentTry, RunnerDependencies } from './runner-dependencies.ts';
import type { TaskRow } from './stored/task-rows.ts';
import { timeLimitOf, watchDeadline } from './watching/watch-deadline.ts';
import { watchAttempt } from './watching/watch-attempt.ts';
import { work } from './handler/work.ts';

/** Runs tasks, one call a job. */
export class TaskRunner {
  readonly #dependencies: RunnerDependencies;
  readonly #running = new Map<string, Attempt>();
  readonly #kinds: ReadonlySet<string>;
  readonly #stopping = new AbortController();

  constructor(dependencies: RunnerDependencies) {
    this.#dependencies = dependencies;
    this.#kinds = new Set(dependencies.workshop.kinds);
  }

  /**
   * Runs one try of a task, from its claim to what is written of its end. Never throws: a fault of what runs tasks (PostgreSQL
   * stays away, Redis loses the log again and again) is no try; the next delivery finds out what is left to do.
   * @returns what the queue is to do with the job.
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
    const refusal = refusalOf(row, this.#kinds);
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
      const limitMs = timeLimitOf(row);
      return await this.#try({ job, row, attempt, limitMs, logger: logger.child({ attempt: attempt.number }) });
    } finally {
      this.#running.delete(row.taskId);
      attempt.close();
    }
  }

  /** Stops what is running or comes now, for another worker to take it over: the worker is being stopped. */
  handOver(): void {
    this.#stopping.abort();
    for (const attempt of this.#running.values()) attempt.stop('shutdown');
  }

  /**
   * The handler of a task threw outside of what it returned: its attempt fails with that.
   * @returns false if the task does not run here.
   */
  crash(taskId: string, cause: unknown): boolean {
    const attempt = this.#running.get(taskId);
    attempt?.stop('crashed', { cause });
    return attempt !== undefined;
  }

  /** Whether `run` would not call the task's handler: the task was canceled, has ended or is gone. */
  async isOnlyToBeEnded(taskId: string): Promise<boolean> {
    const row = await this.#dependencies.rows.find(taskId);
    return row === undefined || isTerminalStatus(row.status) || this.#isCanceling(row);
  }

  /** A task that nobody here can run can still be ended as canceled. */
  async #isCanceling(row: TaskRow): Promise<boolean> {
    return row.status === 'canceling' || (await this.#dependencies.eventLog.inspect(row))?.canceling === true;
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #try(current: CurrentTry): Promise<JobOutcome> {
    const { row, attempt } = current;
    // The row knows of a cancel, too, that the log has lost.
    if (row.status === 'canceling' || attempt.snapshot.state.status === 'canceling') attempt.stop('canceled');
    const stopDeadline = watchDeadline(attempt, current.limitMs);
    if (!attempt.signal.aborted) await this.#dependencies.rows.markRunning(row, attempt.number);
    const keeper = keepSnapshots(this.#dependencies, row, attempt);
    const stopRecording = recordPercent(this.#dependencies, current);
    const stopWatching = watchAttempt(this.#dependencies, current);
    try {
      const outcome = await work(this.#dependencies, current, () => keeper.stageEnded());
      stopDeadline();
      return await endAttempt(this.#dependencies, current, outcome);
    } finally {
      stopDeadline();
      await Promise.all([keeper.stop(), stopRecording(), stopWatching()]);
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { stagePlansOf, type TaskEvent, type TaskSnapshot } from '@taskwire/protocol';
import type { JobOutcome, TaskJob } from '@taskwire/queue';
import { pino } from 'pino';
import type { TaskHandler } from '../context/handler.ts';
import type { StageResults } from '../context/run-stage.ts';
import { Attempt } from '../running/attempt/attempt.ts';
import { nextStep } from '../running/attempt/end-attempt.ts';
import { failureOf } from '../running/attempt/failure.ts';
import { cutOff } from '../running/handler/cut-off.ts';
import type { HandlerKit } from '../running/handler/handler-kit.ts';
import { runTask, type WorkOutcome } from '../running/handler/run-task.ts';
import { watchDeadline } from '../running/watching/watch-deadline.ts';
import { MemoryLog } from './memory-log.ts';

/** A task that runs in this process. */
export interface InProcessRequest {
  handler: TaskHandler;
  taskId: string;
  projectId: string;
  ownerId: string;
  /** The input as it is stored. */
  input: unknown;
  priority: number;
  /** Time limit (ms) from the first start on. */
  timeoutMs: number;
  /** Longest time (ms) for a handler to go on after its signal has aborted. */
  cancelGraceMs: number;
  uploads: Pick<HandlerKit['uploads'], 'openerFor'>;
  onEvent?: (event: TaskEvent, snapshot: TaskSnapshot) => void;
  /** Called with each error of the handler that its owner does not see. */
  onFailure?: (error: unknown) => void;
}

/** Pause (ms) after the first attempt that found the storage of uploads away. It doubles up to the longest one. */
const OUTAGE_PAUSE_MS = 250;
const LONGEST_OUTAGE_PAUSE_MS = 10_000;

const silent = pino({ level: 'silent' });

/**
 * A task that runs in this process, without servers: with the attempts, retries, cancels and time limit of a worker. It
 * waits by `setTimeout` alone, so a virtual clock runs it at once.
 *
 * Queued → running ⇄ retrying → ended.
 */
export class InProcessTask {
  readonly #request: InProcessRequest;
  readonly #log: MemoryLog;
  readonly #results = new Map<string, unknown>();
  readonly #canceled = new AbortController();
  #current: Attempt | undefined;
  #isLimitRunning = false;

  constructor(request: InProcessRequest) {
    const { handler, taskId, projectId } = request;
    this.#request = request;
    this.#log = new MemoryLog({ taskId, projectId, kind: handler.task.kind }, (event, snapshot) =>
      request.onEvent?.(event, snapshot),
    );
  }

  get events(): readonly TaskEvent[] {
    return this.#log.events;
  }

  get snapshot(): TaskSnapshot {
    return this.#log.snapshot;
  }

  /** Whether a time limit runs: one timer beside those of the handler. */
  get isLimitRunning(): boolean {
    return this.#isLimitRunning;
  }

  /** Requests a cancel, as the task's owner does. It does nothing to an ended task. */
  cancel(): void {
    if (this.#log.isEnded || this.#canceled.signal.aborted) return;
    this.#canceled.abort();
    this.#log.append({ type: 'canceling', requestedBy: this.#request.ownerId });
    this.#current?.stop('canceled');
  }

  /** Runs the task to its end. Call it once. */
  async run(): Promise<TaskSnapshot> {
    const { handler, priority } = this.#request;
    const { kind, stages, retry } = handler.task;
    this.#log.append({ type: 'queued', kind, priority, stages: stagePlansOf(stages) });
    let failed = 0;
    let outages = 0;
    while (!this.#log.isEnded) {
      if (this.#canceled.signal.aborted) {
        this.#log.append({ type: 'canceled' });
        break;
      }
      const job = { triesLeft: retry.attempts - 1 - failed, retryDelayMs: retry.backoffMs * 2 ** failed };
      const outcome = await this.#attempt(job);
      if (outcome === 'retry') {
        failed += 1;
        await this.#pause(job.retryDelayMs);
      } else if (outcome === 'later') {
        await this.#pause(Math.min(OUTAGE_PAUSE_MS * 2 ** outages, LONGEST_OUTAGE_PAUSE_MS));
        outages += 1;
      }
    }
    return this.#log.snapshot;
  }

  /** @returns the outcome for the queue of a worker. */
  async #attempt(job: Pick<TaskJob, 'triesLeft' | 'retryDelayMs'>): Promise<JobOutcome> {
    const attempt = new Attempt(this.#log.claim('in-process'));
    this.#current = attempt;
    this.#isLimitRunning = true;
    attempt.signal.addEventListener('abort', () => (this.#isLimitRunning = false), { once: true });
    const endWatch = watchDeadline(attempt, this.#request.timeoutMs);
    try {
      const outcome = await this.#work(attempt);
      if ('cause' in outcome) this.#request.onFailure?.(outcome.cause);
      const step = nextStep({ attempt, job, limitMs: this.#request.timeoutMs, logger: silent }, outcome);
      if ('refused' in step) return 'finished';
      await attempt.conclude(step.draft);
      if (step.draft.type === 'retrying' && attempt.stopReason === 'canceled') this.#log.append({ type: 'canceled' });
      return step.then;
    } finally {
      endWatch();
      this.#isLimitRunning = false;
      attempt.close();
    }
  }

  async #work({ signal, journal, number, snapshot }: Attempt): Promise<WorkOutcome> {
    if (signal.aborted) return failureOf(signal.reason);
    const { handler, ownerId, uploads, cancelGraceMs } = this.#request;
    // As from PostgreSQL, each attempt gets values of its own: it may change them.
    const input = structuredClone(this.#request.input);
    const results: StageResults = {
      recall: (stage) => structuredClone(this.#results.get(stage)),
      remember: async (stage, result) => void this.#results.set(stage, structuredClone(result)),
    };
    const context = { ownerId, attempt: number, signal, journal, state: snapshot.state, results, stageEnded: () => {} };
    const handlers = new Map([[handler.task.kind, handler]]);
    const work = runTask({ kind: handler.task.kind, input }, context, { handlers, uploads });
    try {
      return await cutOff(work, signal, () => cancelGraceMs);
    } catch (error) {
      return failureOf(error);
    }
  }

  /** Waits until the next try; a cancel ends the wait. */
  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#canceled.signal }).catch(() => undefined);
  }
}

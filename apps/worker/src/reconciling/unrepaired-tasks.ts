import type { Logger } from 'pino';
import type { Diagnosis } from './diagnose.ts';
import type { UnsettledTask } from './unsettled-tasks.ts';

/** Passes in a row without a possible repair after which a task is reported. */
const IDLE_PASSES = 3;
/** Interval (ms) between two reports of a task that stays unrepaired. */
const REPORT_EVERY_MS = 5 * 60 * 1_000;

interface Trouble {
  passes: number;
  reason: string;
  reportedAt: number;
  /** Whether the present pass has reached the task. */
  isMet: boolean;
}

/**
 * The tasks that the passes of a reconciler could not repair. Each is reported on an error line with its id and the reason:
 * at once if its repair failed, after some passes if no repair was possible. A report is repeated when the reason changes,
 * and every five minutes.
 */
export class UnrepairedTasks {
  readonly #logger: Logger;
  readonly #troubles = new Map<string, Trouble>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get size(): number {
    return this.#troubles.size;
  }

  /** Forgets a task that was repaired or needs no repair any more. */
  repaired(taskId: string): void {
    this.#troubles.delete(taskId);
  }

  /** Begins a pass over all unsettled tasks. */
  beginPass(): void {
    for (const trouble of this.#troubles.values()) trouble.isMet = false;
  }

  /** Records that the pass has reached a task. */
  meet(taskId: string): void {
    const trouble = this.#troubles.get(taskId);
    if (trouble !== undefined) trouble.isMet = true;
  }

  /** Ends a pass that has reached each unsettled task. Tasks that it did not meet are settled or deleted. */
  endPass(): void {
    for (const [taskId, { isMet }] of this.#troubles) if (!isMet) this.#troubles.delete(taskId);
  }

  /** Records a repair that failed. */
  failed(task: UnsettledTask, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#note(task, { reason, reportFrom: 1 }, { err: error });
  }

  /** Records a task that needs a repair which was not possible. */
  nothingDone(task: UnsettledTask, diagnosis: Diagnosis): void {
    this.#note(task, { reason: diagnosis, reportFrom: IDLE_PASSES }, { needs: diagnosis });
  }

  #note(
    { taskId, projectId, kind, status }: UnsettledTask,
    { reason, reportFrom }: { reason: string; reportFrom: number },
    details: object,
  ): void {
    const before = this.#troubles.get(taskId);
    const isSame = before?.reason === reason;
    const passes = isSame ? before.passes + 1 : 1;
    const reportedAt = isSame ? before.reportedAt : Number.NEGATIVE_INFINITY;
    const isDue = passes >= reportFrom && performance.now() - reportedAt >= REPORT_EVERY_MS;
    this.#troubles.set(taskId, { passes, reason, reportedAt: isDue ? performance.now() : reportedAt, isMet: true });
    if (!isDue) return;
    const line = { taskId, projectId, kind, status, passes, unrepaired: this.size, ...details };
    this.#logger.error(line, 'a task could not be repaired: it is tried again');
  }
}

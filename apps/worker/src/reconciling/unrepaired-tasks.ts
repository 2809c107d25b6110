import type { Logger } from 'pino';
import type { Diagnosis } from './diagnose.ts';
import type { UnsettledTask } from './unsettled-tasks.ts';

/** A task for which nothing could be done in this many passes in a row is reported. */
const IDLE_PASSES = 3;
/** How often (ms) a task that stays unrepaired is reported again. */
const REPORT_EVERY_MS = 5 * 60 * 1_000;

interface Trouble {
  passes: number;
  reason: string;
  reportedAt: number;
  /** Whether this pass has come to it. */
  isMet: boolean;
}

/**
 * The tasks that the passes of a reconciler could not repair. Each is reported on an error line that names it and the
 * reason: at once if its repair failed, after some passes if nothing could be done; again when the reason changes, and
 * every five minutes.
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

  /** The task needs nothing any more, or something was done for it. */
  repaired(taskId: string): void {
    this.#troubles.delete(taskId);
  }

  /** A pass over all unsettled tasks begins. */
  beginPass(): void {
    for (const trouble of this.#troubles.values()) trouble.isMet = false;
  }

  /** The pass has come to a task. */
  meet(taskId: string): void {
    const trouble = this.#troubles.get(taskId);
    if (trouble !== undefined) trouble.isMet = true;
  }

  /** The pass has come to every unsettled task: the ones that it did not meet are settled or deleted. */
  endPass(): void {
    for (const [taskId, { isMet }] of this.#troubles) if (!isMet) this.#troubles.delete(taskId);
  }

  failed(task: UnsettledTask, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#note(task, { reason, reportFrom: 1 }, { err: error });
  }

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

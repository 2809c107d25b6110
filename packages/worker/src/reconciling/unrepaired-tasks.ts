import type { Logger } from 'pino';
import type { Diagnosis } from './diagnose.ts';
import type { UnsettledTask } from './unsettled-tasks.ts';

/** Rounds in a row without a possible repair after which a task is reported. */
const IDLE_ROUNDS = 3;
/** Interval (ms) between two reports of a task that stays unrepaired. */
const REPORT_EVERY_MS = 5 * 60 * 1_000;

interface Trouble {
  /** Rounds in a row with this reason. */
  rounds: number;
  reason: string;
  reportedAt: number;
  /** Whether the present round has reached the task. */
  isSeen: boolean;
}

/**
 * The tasks that a reconciler could not repair. Each is reported on an error line with its id and the reason: at once if its
 * repair failed, after some rounds if no repair was possible. A report is repeated when the reason changes, and every five
 * minutes. A round reaches each unsettled task once, in one or more passes.
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

  /** Removes the record of a task, if there is one: the task needs no repair now. */
  clear(taskId: string): void {
    this.#troubles.delete(taskId);
  }

  /** Begins a round over all unsettled tasks. */
  beginRound(): void {
    for (const trouble of this.#troubles.values()) trouble.isSeen = false;
  }

  /** Records that the round has reached a task. */
  markSeen(taskId: string): void {
    const trouble = this.#troubles.get(taskId);
    if (trouble !== undefined) trouble.isSeen = true;
  }

  /** Ends a round that has reached each unsettled task. Tasks that it did not reach are settled or deleted. */
  endRound(): void {
    for (const [taskId, { isSeen }] of this.#troubles) if (!isSeen) this.#troubles.delete(taskId);
  }

  /** Records a task whose diagnosis or repair failed. */
  failed(task: UnsettledTask, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#note(task, { reason, reportFrom: 1 }, { err: error });
  }

  /** Records a task that needs a repair, but none was possible. */
  noRepairPossible(task: UnsettledTask, diagnosis: Diagnosis): void {
    this.#note(task, { reason: diagnosis, reportFrom: IDLE_ROUNDS }, { needs: diagnosis });
  }

  #note(
    { taskId, projectId, kind, status }: UnsettledTask,
    { reason, reportFrom }: { reason: string; reportFrom: number },
    details: object,
  ): void {
    const before = this.#troubles.get(taskId);
    const isSame = before?.reason === reason;
    const rounds = isSame ? before.rounds + 1 : 1;
    const reportedAt = isSame ? before.reportedAt : Number.NEGATIVE_INFINITY;
    const isDue = rounds >= reportFrom && performance.now() - reportedAt >= REPORT_EVERY_MS;
    this.#troubles.set(taskId, { rounds, reason, reportedAt: isDue ? performance.now() : reportedAt, isSeen: true });
    if (!isDue) return;
    const line = { taskId, projectId, kind, status, rounds, unrepaired: this.size, ...details };
    this.#logger.error(line, 'a task could not be repaired: it is tried again');
  }
}

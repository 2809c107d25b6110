import { withReconcilerLock } from './reconciler-lock.ts';
import { reconcileTasks } from './reconcile-tasks.ts';
import type { ReconcilerDependencies } from './reconciler-dependencies.ts';
import { UnrepairedTasks } from './unrepaired-tasks.ts';
import type { UnsettledTask } from './unsettled-tasks.ts';

/** Time (ms) beyond the pass for which the lock may be held: a pass ends between two tasks. */
const LOCK_SLACK_MS = 30_000;

/**
 * Finishes tasks that a crash or a loss of data left half-done, so that each task reaches its end in its row and history.
 * Each process may have one. One at a time works.
 *
 * New → resting ⇄ in a pass → stopped.
 */
export class Reconciler {
  readonly #dependencies: ReconcilerDependencies;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #cutOffAt: UnsettledTask | undefined;
  readonly #unrepaired: UnrepairedTasks;
  #failing = false;

  constructor(dependencies: ReconcilerDependencies) {
    this.#dependencies = dependencies;
    this.#unrepaired = new UnrepairedTasks(dependencies.logger);
  }

  /** Starts the first pass at once, and the others after a pause each. */
  start(): void {
    this.#next(0);
  }

  /** Ends the pass after the task that it is repairing. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  /**
   * One pass over the unsettled tasks; then old data is deleted if it is time for that.
   * @returns false if another process is doing one.
   * @throws if PostgreSQL or Redis cannot be reached.
   */
  async runOnce(): Promise<boolean> {
    const { database, reconciling } = this.#dependencies;
    const ending = new AbortController();
    const end = () => ending.abort();
    const timer = setTimeout(end, reconciling.passMs);
    this.#stopping.signal.addEventListener('abort', end, { once: true });
    if (this.#stopping.signal.aborted) end();
    try {
      return await withReconcilerLock(database, reconciling.passMs + LOCK_SLACK_MS, async () => {
        const options = { startAfter: this.#cutOffAt, signal: ending.signal, unrepaired: this.#unrepaired };
        this.#cutOffAt = await reconcileTasks(this.#dependencies, options);
        await this.#dependencies.sweeper?.sweepIfDue(ending.signal);
      });
    } finally {
      clearTimeout(timer);
      this.#stopping.signal.removeEventListener('abort', end);
    }
  }

  #next(afterMs: number): void {
    if (this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => {
      const begunAt = performance.now();
      this.#running = this.#pass().finally(() => {
        // The pause is at least as long as the pass: with very many tasks, half of the time is left to others.
        this.#next(Math.max(this.#dependencies.reconciling.everyMs, performance.now() - begunAt));
      });
    }, afterMs);
  }

  /** One pass whose failure is logged: once while PostgreSQL or Redis is away, however long that lasts. */
  async #pass(): Promise<void> {
    const { logger } = this.#dependencies;
    try {
      await this.runOnce();
      if (this.#failing) logger.info('tasks are reconciled again');
      this.#failing = false;
    } catch (error) {
      if (!this.#failing && !this.#stopping.signal.aborted) logger.warn({ err: error }, 'tasks cannot be reconciled');
      this.#failing = true;
    }
  }
}

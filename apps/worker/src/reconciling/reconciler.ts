import { alone } from './alone.ts';
import { reconcileTasks } from './reconcile-tasks.ts';
import type { ReconcilerDependencies } from './reconciler-dependencies.ts';
import { UnrepairedTasks } from './unrepaired-tasks.ts';
import type { UnsettledTask } from './unsettled-tasks.ts';

/** How much longer (ms) than a pass its lock may be held: a pass ends between two tasks. */
const LOCK_SLACK_MS = 30_000;

/**
 * Finishes what crashes and lost data left half-done: every task comes to its end, in its row and in its history. Any
 * number of processes may have one; one at a time works. New → started → stopped.
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

  /** Works from now on, at once and then with rests in between. */
  start(): void {
    this.#next(0);
  }

  /** Ends after the task that is being repaired. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  /**
   * One pass.
   * @returns false if another process is at it.
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
      return await alone(database, reconciling.passMs + LOCK_SLACK_MS, async () => {
        const bounds = { startAfter: this.#cutOffAt, signal: ending.signal, unrepaired: this.#unrepaired };
        this.#cutOffAt = await reconcileTasks(this.#dependencies, bounds);
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
        // With very many tasks, no more than half of the time.
        this.#next(Math.max(this.#dependencies.reconciling.everyMs, performance.now() - begunAt));
      });
    }, afterMs);
  }

  /** PostgreSQL or Redis may be away for long: that is said once. */
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

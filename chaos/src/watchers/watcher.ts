import type { Transport, PlannedWatcher } from '../plan/round-plan.ts';
import { visitByClient } from './client-visitor.ts';
import { visitByCommand } from './cli-visitor.ts';
import { visitByPolling } from './poll-visitor.ts';
import { visitByEventSource } from './sse-visitor.ts';
import { visitByTrpc } from './trpc-visitor.ts';
import type { Visit, Visitor } from './visit.ts';

const VISITORS = {
  trpc: visitByTrpc,
  sse: visitByEventSource,
  poll: visitByPolling,
  cli: visitByCommand,
  client: visitByClient,
} satisfies Record<Transport, (visit: Visit) => Visitor>;

/** A watcher of the plan: comes, leaves, comes back by its cursor. Waiting → there ⇄ away → gone. */
export class Watcher {
  readonly plan: PlannedWatcher;
  readonly visit: Visit;
  readonly #timers = new Set<NodeJS.Timeout>();
  #visitor: Visitor | undefined;
  #gone = false;
  #comings: number;
  /** Comings and goings happen one after the other: who comes back needs the cursor of who has left. */
  #moves: Promise<void> = Promise.resolve();

  constructor(plan: PlannedWatcher, visit: Visit) {
    this.plan = plan;
    this.visit = visit;
    this.#comings = plan.breaks.length + 1;
    this.#schedule();
  }

  /** Whether it is there for good, or has seen everything: it will not leave and come back any more. */
  get isSettled(): boolean {
    return this.visit.record.isOver || (this.#timers.size === 0 && this.#comings === 0);
  }

  /** Sends it away for good. */
  async dismiss(): Promise<void> {
    this.#gone = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await this.#move(() => this.#leave());
  }

  #schedule(): void {
    let atMs = this.plan.startMs;
    this.#after(atMs, () => this.#come());
    for (const { afterMs, forMs } of this.plan.breaks) {
      this.#after(atMs + afterMs, () => this.#leave());
      atMs += afterMs + forMs;
      this.#after(atMs, () => this.#come());
    }
  }

  #after(ms: number, work: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#move(work);
    }, ms);
    this.#timers.add(timer);
  }

  #move(work: () => Promise<void>): Promise<void> {
    this.#moves = this.#moves.then(work);
    return this.#moves;
  }

  async #come(): Promise<void> {
    this.#comings -= 1;
    if (!this.#gone && !this.visit.record.isOver) this.#visitor = VISITORS[this.plan.transport](this.visit);
  }

  async #leave(): Promise<void> {
    const visitor = this.#visitor;
    this.#visitor = undefined;
    await visitor?.leave();
  }
}

import type { FaultKind, PlannedFault } from '../plan/round-plan.ts';
import { Breaker, type FaultGround } from './breaker.ts';

/**
 * Causes faults at their time and repairs them. Faults of one thing (a program, a server, a proxy) wait for each
 * other; those of different things overlap.
 */
export class FaultRunner {
  readonly #breaker: Breaker;
  readonly #queues = new Map<string, Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #hurry = new AbortController();
  readonly done: Partial<Record<FaultKind, number>> = {};

  constructor(ground: FaultGround, faults: readonly PlannedFault[]) {
    this.#breaker = new Breaker(ground, this.#hurry.signal);
    for (const fault of faults) this.#schedule(fault);
  }

  /** Resolves when every fault is over and repaired, except those that last for a round. @throws the error of a failed repair. */
  async finished(): Promise<void> {
    while (this.#timers.size > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all(this.#queues.values());
  }

  /** Mends what lasts for a round. */
  async mendLasting(): Promise<void> {
    await this.#breaker.mendLasting();
  }

  /** Begins no further fault and repairs at once. */
  async cancel(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#hurry.abort();
    await Promise.allSettled(this.#queues.values());
    await this.mendLasting();
  }

  #schedule(fault: PlannedFault): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const key = this.#keyOf(fault);
      const turn = (this.#queues.get(key) ?? Promise.resolve()).then(() => this.#do(fault));
      // Callers that wait for `finished` get the failure; until then it must not end the process.
      turn.catch(() => undefined);
      this.#queues.set(key, turn);
    }, fault.atMs);
    this.#timers.add(timer);
  }

  /** Returns the target that a fault breaks. Faults that stop Redis or change its data share one target. */
  #keyOf({ kind, target }: PlannedFault): string {
    const ofRedis: readonly FaultKind[] = ['redis-kill', 'redis-flush', 'redis-long-stop', 'redis-full', 'trim'];
    if (ofRedis.includes(kind)) return 'redis';
    return `${kind.split('-')[0] ?? kind} ${target}`;
  }

  async #do(fault: PlannedFault): Promise<void> {
    if (this.#hurry.signal.aborted) return;
    this.done[fault.kind] = (this.done[fault.kind] ?? 0) + 1;
    await this.#breaker.break(fault);
  }
}

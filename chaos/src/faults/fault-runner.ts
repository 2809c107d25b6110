import type { FaultKind, PlannedFault } from '../plan/round-plan.ts';
import type { ApiMember, Member, System } from '../system/system.ts';
import type { TcpProxy } from '../system/tcp-proxy.ts';
import type { Recorder } from '../truth/recorder.ts';

/** What faults are done to, and what must know of them. */
export interface FaultGround {
  system: System;
  recorder: Recorder;
  /** Removes from the logs what may be removed. */
  trim: () => Promise<void>;
}

/**
 * Breaks things at their time and mends them again. Faults of one thing (a program, a server, a proxy) wait for each
 * other; those of different things overlap.
 */
export class FaultRunner {
  readonly #ground: FaultGround;
  readonly #queues = new Map<string, Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #hurry = new AbortController();
  readonly done: Partial<Record<FaultKind, number>> = {};

  constructor(ground: FaultGround, faults: readonly PlannedFault[]) {
    this.#ground = ground;
    for (const fault of faults) this.#schedule(fault);
  }

  /** Resolves when every fault is over and everything is mended. @throws what could not be mended. */
  async finished(): Promise<void> {
    while (this.#timers.size > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all(this.#queues.values());
  }

  /** Begins no further fault and mends at once. */
  async cancel(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#hurry.abort();
    await Promise.allSettled(this.#queues.values());
  }

  #schedule(fault: PlannedFault): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const key = this.#keyOf(fault);
      const turn = (this.#queues.get(key) ?? Promise.resolve()).then(() => this.#do(fault));
      // Whoever waits for `finished` is told; until then a failure must not end the process.
      turn.catch(() => undefined);
      this.#queues.set(key, turn);
    }, fault.atMs);
    this.#timers.add(timer);
  }

  /** What a fault breaks. Whatever changes what Redis holds is one thing. */
  #keyOf({ kind, target }: PlannedFault): string {
    if (kind === 'redis-kill' || kind === 'redis-flush' || kind === 'trim') return 'redis';
    return `${kind.split('-')[0] ?? kind} ${target}`;
  }

  async #do(fault: PlannedFault): Promise<void> {
    if (this.#hurry.signal.aborted) return;
    this.done[fault.kind] = (this.done[fault.kind] ?? 0) + 1;
    await this.#break(fault);
  }

  #break(fault: PlannedFault): Promise<void> {
    switch (fault.kind) {
      case 'worker-kill':
      case 'api-kill':
        return this.#restart(fault, 'SIGKILL');
      case 'worker-restart':
      case 'api-restart':
        return this.#restart(fault, 'SIGTERM');
      case 'worker-stop':
      case 'api-stop':
        return this.#suspend(fault);
      case 'redis-kill':
        return this.#killRedis(fault);
      case 'redis-flush':
        return this.#ground.recorder.flush();
      case 'trim':
        return this.#ground.trim();
      case 'redis-cut':
      case 'postgres-cut':
      case 'watchers-cut':
        return this.#cut(fault);
      case 'redis-stall':
      case 'postgres-stall':
      case 'watchers-stall':
        return this.#stall(fault);
      default:
        return fault.kind satisfies never;
    }
  }

  async #restart(fault: PlannedFault, signal: NodeJS.Signals): Promise<void> {
    const { program } = this.#memberOf(fault);
    await program.end(signal);
    await this.#wait(fault.forMs);
    await program.start();
  }

  async #suspend(fault: PlannedFault): Promise<void> {
    const { program } = this.#memberOf(fault);
    program.signal('SIGSTOP');
    await this.#wait(fault.forMs);
    program.signal('SIGCONT');
  }

  /** Nobody comes through to the new one before the recorder listens and has read it. */
  async #killRedis(fault: PlannedFault): Promise<void> {
    const { system, recorder } = this.#ground;
    await system.redis.kill();
    const admit = system.members.map((member) => member.redis.refuse());
    recorder.detach();
    await this.#wait(fault.forMs);
    await system.redis.restart();
    await recorder.attach();
    for (const each of admit) each();
  }

  async #cut(fault: PlannedFault): Promise<void> {
    const proxy = this.#proxyOf(fault);
    if (fault.forMs === 0) return proxy.cut();
    const admit = proxy.refuse();
    await this.#wait(fault.forMs);
    admit();
  }

  async #stall(fault: PlannedFault): Promise<void> {
    const resume = this.#proxyOf(fault).stall();
    await this.#wait(fault.forMs);
    resume();
  }

  #memberOf({ kind, target }: PlannedFault): Member | ApiMember {
    const { workers, apis } = this.#ground.system;
    return existing((kind.startsWith('worker-') ? workers : apis)[target]);
  }

  #proxyOf({ kind, target }: PlannedFault): TcpProxy {
    const { gates, members } = this.#ground.system;
    if (kind.startsWith('watchers-')) return existing(gates[target]);
    const member = existing(members[target]);
    return kind.startsWith('redis-') ? member.redis : member.postgres;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (ms === 0 || this.#hurry.signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        this.#hurry.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#hurry.signal.addEventListener('abort', done);
    });
  }
}

function existing<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the plan names something that is not there');
  return value;
}

import type { TcpProxy } from '@taskwire/test-kit';
import type { PlannedFault } from '../plan/round-plan.ts';
import type { ApiMember, Member, System } from '../system/system.ts';
import type { Recorder } from '../truth/recorder.ts';
import { foreignAnswer, spoilingSql } from '../plan/plan-faults.ts';

/** Interval (ms) between creates while Redis is full. */
const PROBE_EVERY_MS = 400;

/** Targets of the faults, and the parts that must know of them. */
export interface FaultGround {
  system: Pick<System, 'redis' | 'workers' | 'apis' | 'gates' | 'members' | 'exchange'>;
  recorder: Pick<Recorder, 'redis' | 'flush' | 'attach' | 'detach'>;
  /** Removes from the logs what may be removed. */
  trim: () => Promise<void>;
  /** Asks once for a task of which it does not matter whether there is one. */
  probeCreate: () => Promise<void>;
  /** Changes the row of an ended task. @param sets columns and values, as SQL. */
  spoilRow: (sets: string) => Promise<void>;
}

/** Causes a fault for its duration, then repairs it. */
export class Breaker {
  readonly #ground: FaultGround;
  readonly #hurry: AbortSignal;
  /** Mends what lasts until the round is over. */
  readonly #lasting: (() => Promise<void>)[] = [];

  /** @param hurry aborts the duration: the repair follows at once. */
  constructor(ground: FaultGround, hurry: AbortSignal) {
    this.#ground = ground;
    this.#hurry = hurry;
  }

  async mendLasting(): Promise<void> {
    for (const mend of this.#lasting.splice(0)) await mend();
  }

  /** @returns once it is over and repaired. @throws the error of a failed repair. */
  break(fault: PlannedFault): Promise<void> {
    switch (fault.kind) {
      case 'worker-kill':
      case 'api-kill':
        return this.#restart(fault, 'SIGKILL');
      case 'worker-restart':
      case 'api-restart':
        return this.#restart(fault, 'SIGTERM');
      case 'worker-stop':
      case 'worker-long-stop':
      case 'api-stop':
        return this.#suspend(fault);
      case 'redis-cut':
      case 'postgres-cut':
      case 'watchers-cut':
      case 'redis-stall':
      case 'postgres-stall':
      case 'watchers-stall':
      case 'watchers-answer':
        return this.#breakLine(fault);
      case 'redis-kill':
      case 'redis-flush':
      case 'redis-long-stop':
      case 'redis-full':
      case 'trim':
        return this.#breakRedis(fault);
      case 'worker-alone':
        return this.#leaveAlone(fault);
      case 'worker-old':
        return this.#exchange(fault);
      case 'row-spoil':
        return this.#ground.spoilRow(spoilingSql(fault.how?.[0] ?? ''));
      case 'task-block':
      case 'task-crash':
      case 'task-hostile':
        // The task does it by itself.
        return this.#wait(fault.forMs);
      default:
        return fault.kind satisfies never;
    }
  }

  #breakRedis(fault: PlannedFault): Promise<void> {
    switch (fault.kind) {
      case 'redis-kill':
        return this.#killRedis(fault);
      case 'redis-flush':
        return this.#ground.recorder.flush();
      case 'redis-long-stop':
        return this.#stopRedis(fault);
      case 'redis-full':
        return this.#fillRedis(fault);
      default:
        return this.#ground.trim();
    }
  }

  #breakLine(fault: PlannedFault): Promise<void> {
    if (fault.kind.endsWith('-stall')) return this.#during(fault, this.#proxyOf(fault).stall());
    if (fault.kind === 'watchers-answer') {
      return this.#during(fault, this.#proxyOf(fault).answer(foreignAnswer(fault.how?.[0] ?? '')));
    }
    const proxy = this.#proxyOf(fault);
    return fault.forMs === 0 ? Promise.resolve(proxy.cut()) : this.#during(fault, proxy.refuse());
  }

  async #during({ forMs }: PlannedFault, mend: () => void): Promise<void> {
    await this.#wait(forMs);
    mend();
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
    await this.#during(fault, () => program.signal('SIGCONT'));
  }

  async #leaveAlone(fault: PlannedFault): Promise<void> {
    const { program } = this.#memberOf(fault);
    this.#lasting.push(() => program.start());
    await program.end('SIGTERM');
  }

  async #exchange(fault: PlannedFault): Promise<void> {
    const { system } = this.#ground;
    const member = this.#memberOf(fault);
    await system.exchange(member, 'older');
    await this.#wait(fault.forMs);
    await system.exchange(member, 'current');
  }

  /** Lets no connection through to the new server before the recorder listens and has read it. */
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

  async #stopRedis(fault: PlannedFault): Promise<void> {
    const { redis } = this.#ground.system;
    redis.pause();
    await this.#during(fault, () => redis.resume());
  }

  /** Redis has no room for anything more; it refuses whatever would need some. */
  async #fillRedis({ forMs }: PlannedFault): Promise<void> {
    const { redis } = this.#ground.recorder;
    await redis.config('SET', 'maxmemory', '1');
    const probes: Promise<void>[] = [];
    for (let passed = 0; passed < forMs && !this.#hurry.aborted; passed += PROBE_EVERY_MS) {
      probes.push(this.#ground.probeCreate());
      await this.#wait(Math.min(PROBE_EVERY_MS, forMs - passed));
    }
    await redis.config('SET', 'maxmemory', '0');
    await Promise.all(probes);
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
      if (ms === 0 || this.#hurry.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        this.#hurry.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#hurry.addEventListener('abort', done);
    });
  }
}

function existing<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the plan names something that is not there');
  return value;
}

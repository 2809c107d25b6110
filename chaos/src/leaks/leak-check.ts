import type { Redis } from 'ioredis';
import type { Finding } from '../oracle/findings.ts';
import { until } from '../until.ts';
import { withDeadline } from '../with-deadline.ts';
import { keysLeft, subscriptionsLeft } from './redis-leftovers.ts';
import { readFile } from 'node:fs/promises';

/** A program that has just started may still open connections for this long (ms). */
const SETTLE_MS = 3_000;
/** Longest wait (ms) for rest before the first round, and the number of reads in a row that show it. */
const BASELINE_WITHIN_MS = 15_000;
const QUIET_READS = 4;
/** Longest time (ms) for leftovers to go: a feed lingers for some seconds, and the next round may stop Redis. */
const GONE_WITHIN_MS = 90_000;
/** Longest time (ms) of one look, and longest wait for a look that Redis answers after the time for leftovers is over. */
const LOOK_WITHIN_MS = 5_000;
const ANSWER_WITHIN_MS = 60_000;

/** Subscriptions and keys in Redis. */
interface Leftovers {
  channels: string[];
  keys: string[];
}

interface Member {
  program: { name: string };
  /** The proxy through which it reaches Redis. */
  redis: { connections: number };
}

/** Object of a leak check; a System is one. */
export interface LeakGround {
  members: readonly Member[];
  apis: readonly (Member & { port: number })[];
  gates: readonly { clear: () => void }[];
}

/** Whose leavings to look for: by project, owner and task, so that other rounds do not disturb. */
export interface RoundTraces {
  projectId: string;
  ownerId: string;
  endedTaskIds: readonly string[];
}

/** Knows how many connections to Redis each program holds when nothing goes on, and finds what rounds leave behind. */
export class LeakCheck {
  readonly #system: LeakGround;
  /** Past the proxies. */
  readonly #recorder: { redis: Redis };
  #baseline: number[] = [];

  constructor(system: LeakGround, recorder: { redis: Redis }) {
    this.#system = system;
    this.#recorder = recorder;
  }

  /** Remembers how many connections there are before the first round. */
  async begin(): Promise<void> {
    let last: number[] = [];
    let same = 0;
    await until(
      () => {
        const now = this.#connections();
        same = now.every((count, place) => count === last[place]) ? same + 1 : 0;
        last = now;
        return same >= QUIET_READS;
      },
      BASELINE_WITHIN_MS,
      500,
    );
    this.#baseline = this.#system.members.map((member) => this.#mostOf(roleOf(member), last));
  }

  /** Programs of one sort hold as many as each other at rest; some may still be opening theirs. */
  #mostOf(role: string, counts: readonly number[]): number {
    return Math.max(...counts.filter((_, place) => roleOf(this.#system.members[place]) === role));
  }

  /** Leaks at the round's end: connections of watchers at the apis, and of programs to Redis. */
  async atOnce(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const { program, port } of this.#system.apis) {
      let sockets: string[] = [];
      await until(async () => {
        // Again and again: a client's pool may open a connection that it then has no use for.
        for (const gate of this.#system.gates) gate.clear();
        sockets = (await serverSockets(port)) ?? [];
        return sockets.length === 0;
      }, SETTLE_MS);
      if (sockets.length > 0) findings.push(leak(program.name, sockets.length, `sockets: ${sockets.join(', ')}`));
    }
    const settled = await until(() => this.#excess().every((count) => count <= 0), SETTLE_MS);
    if (settled) return findings;
    this.#excess().forEach((count, place) => {
      const name = this.#system.members[place]?.program.name ?? '?';
      if (count > 0)
        findings.push(leak(name, count, `connections to Redis more than the ${this.#baseline[place] ?? 0} at rest`));
    });
    return findings;
  }

  /** Leaks that show some seconds later: subscriptions and keys. Runs during the next round. */
  async later(
    { projectId, ownerId, endedTaskIds }: RoundTraces,
    goneWithinMs: number = GONE_WITHIN_MS,
  ): Promise<Finding[]> {
    const marks = [projectId, encodeURIComponent(ownerId)];
    let left: Leftovers | undefined;
    const isNothingLeft = async () => {
      // Leftovers of an earlier look may be gone: only the last answer counts.
      left = await this.#look(marks, endedTaskIds).catch(() => undefined);
      return left?.channels.length === 0 && left.keys.length === 0;
    };
    if (await until(isNothingLeft, goneWithinMs, 1_000)) return [];
    await until(async () => (await isNothingLeft()) || left !== undefined, ANSWER_WITHIN_MS, 1_000);
    const { channels, keys } = left ?? { channels: ['? (Redis does not answer)'], keys: [] };
    return [
      ...(channels.length > 0 ? [leak('Redis', channels.length, `subscriptions: ${channels.join(', ')}`)] : []),
      ...(keys.length > 0 ? [leak('Redis', keys.length, `keys without an expiry: ${keys.join(', ')}`)] : []),
    ];
  }

  /** @throws if the next round kills Redis meanwhile: a command on a connection that is given up never settles. */
  async #look(marks: readonly string[], endedTaskIds: readonly string[]): Promise<Leftovers> {
    const { redis } = this.#recorder;
    return withDeadline(new AbortController().signal, LOOK_WITHIN_MS, async () => ({
      channels: await subscriptionsLeft(redis, marks),
      keys: await keysLeft(redis, endedTaskIds),
    }));
  }

  #connections(): number[] {
    return this.#system.members.map((member) => member.redis.connections);
  }

  #excess(): number[] {
    return this.#connections().map((count, place) => count - (this.#baseline[place] ?? 0));
  }
}

function leak(who: string, count: number, detail: string): Finding {
  return { figure: 'leaked', count, who, detail: `${count} ${detail}` };
}

/** The sort of a program: `worker` of `worker-1`. */
function roleOf(member: Member | undefined): string {
  return member?.program.name.split('-')[0] ?? '';
}

const HELD = new Map([
  ['01', 'established'],
  ['08', 'close-wait'],
]);

/**
 * The connections that a server on this machine holds on one of its ports: those that stand, and those that their other
 * side has closed and the server has not.
 * @returns a line for each; undefined where the system does not tell (no /proc).
 */
export async function serverSockets(port: number): Promise<string[] | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  if (tables.every((table) => table === '')) return undefined;
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return tables
    .flatMap((table) => table.split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(`:${wanted}`) === true && HELD.has(state ?? ''))
    .map(([, , remote, state, queues]) => `${remote ?? ''} ${HELD.get(state ?? '') ?? ''} ${queues ?? ''}`);
}

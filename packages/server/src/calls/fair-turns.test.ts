import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CallStatistics } from './call-limits.ts';
import { FairTurns } from './fair-turns.ts';

/** Works that the test ends, and the order in which they began. */
class Works {
  readonly statistics = new CallStatistics();
  readonly turns: FairTurns;
  readonly begun: string[] = [];
  readonly #ends: (() => void)[] = [];

  constructor(settings: Partial<ConstructorParameters<typeof FairTurns>[0]> = {}) {
    this.turns = new FairTurns({ most: 2, mostPerUser: 2, mostWaitingPerUser: 100, ...settings }, this.statistics);
  }

  ask(userId: string, name = userId): Promise<void> {
    return this.turns.run(userId, () => {
      this.begun.push(name);
      return new Promise<void>((resolve) => void this.#ends.push(resolve));
    });
  }

  /** Lets the work that began first end, and others begin. */
  async endOne(): Promise<void> {
    this.#ends.shift()?.();
    await nextTurn();
  }
}

describe('FairTurns', () => {
  it('runs as many at once as there are places, and the next when one ends', async () => {
    const works = new Works();
    for (const name of ['1', '2', '3']) void works.ask('ada', name);
    await nextTurn();
    expect(works.begun).toEqual(['1', '2']);
    expect(works.statistics.waiting).toBe(1);
    await works.endOne();
    expect(works.begun).toEqual(['1', '2', '3']);
    expect(works.statistics.waiting).toBe(0);
  });

  it('gives a free place to each user in turn, however much the others ask for', async () => {
    const works = new Works();
    for (let count = 0; count < 50; count += 1) void works.ask('heavy');
    for (const user of ['ada', 'grace']) void works.ask(user);
    for (let count = 0; count < 6; count += 1) await works.endOne();
    expect(works.begun.slice(0, 2)).toEqual(['heavy', 'heavy']);
    expect(works.begun.slice(2, 5).sort()).toEqual(['ada', 'grace', 'heavy']);
    expect(works.begun.slice(5)).toEqual(['heavy', 'heavy', 'heavy']);
  });

  it('keeps a place free for others', async () => {
    const works = new Works({ most: 3, mostPerUser: 2 });
    for (let count = 0; count < 10; count += 1) void works.ask('heavy');
    void works.ask('ada');
    await nextTurn();
    expect(works.begun).toEqual(['heavy', 'heavy', 'ada']);
  });

  it('lets no more of one user wait than may', async () => {
    const works = new Works({ mostWaitingPerUser: 1 });
    for (let count = 0; count < 3; count += 1) void works.ask('ada');
    await expect(works.ask('ada')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    void works.ask('grace');
    expect(works.statistics.waiting).toBe(2);
  });

  it('takes the place back of a work that throws', async () => {
    const works = new Works({ most: 1 });
    const boom = () => Promise.reject(new Error('boom'));
    await expect(works.turns.run('ada', boom)).rejects.toThrow('boom');
    const soon = () => {
      throw new Error('at once');
    };
    await expect(works.turns.run('ada', soon)).rejects.toThrow('at once');
    await expect(works.turns.run('grace', () => Promise.resolve(1))).resolves.toBe(1);
  });
});

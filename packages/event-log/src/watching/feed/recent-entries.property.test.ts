import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentEntries, type Extension } from './recent-entries.ts';

const CAPACITY = 5;
/** More entries than any answer has. */
const ALL = 1_000;

interface Marked {
  seq: number;
  /** Number of the log that has this entry: a log that lost its end counts again with other entries. */
  log: number;
}

type Step =
  | { do: 'append'; count: number }
  | { do: 'trim'; count: number }
  | { do: 'leap'; distance: number }
  | { do: 'suspend'; isReplaced: boolean }
  | { do: 'resume' }
  | { do: 'begin extension'; back: number }
  | { do: 'end extension' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), count: fc.integer({ min: 1, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('trim' as const), count: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leap' as const), distance: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('suspend' as const), isReplaced: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ do: 'resume' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('begin extension' as const), back: fc.nat(8) }) },
  { weight: 3, arbitrary: fc.constant({ do: 'end extension' as const }) },
);

/** A log as a plain array, and the ring that follows it. */
class Model {
  readonly ring = new RecentEntries<Marked>(CAPACITY);
  entries: Marked[] = [];
  head = 0;
  /** Seq of the last hole: the ring must keep the recent ones of the entries after it. */
  hole = 0;
  /** The log that the ring follows, and the one that is there. */
  followed = 1;
  current = 1;
  #isSuspended = false;
  #extension: { request: Extension; read: readonly Marked[] } | undefined;

  take(each: Step): void {
    switch (each.do) {
      case 'append':
        if (!this.#isSuspended) for (let count = 0; count < each.count; count += 1) this.#append();
        return;
      case 'trim':
        this.entries = this.entries.slice(each.count);
        return;
      case 'leap':
        return this.#leap(each.distance);
      case 'suspend':
        return this.#suspend(each.isReplaced);
      case 'resume':
        return this.#resume();
      case 'begin extension':
        return this.#beginExtension(this.head - each.back);
      case 'end extension':
        if (this.#extension !== undefined) this.ring.extend(this.#extension.request, this.#extension.read);
        this.#extension = undefined;
        return;
      default:
        throw new Error(each satisfies never);
    }
  }

  #append(): void {
    this.head += 1;
    this.entries.push({ seq: this.head, log: this.followed });
    this.ring.push({ seq: this.head, log: this.followed });
  }

  #leap(distance: number): void {
    this.head += distance;
    this.hole = this.head;
    this.entries = [];
    this.ring.leap(this.head);
  }

  /** The connection is lost. Another log with the same numbers may be there from now on. */
  #suspend(isReplaced: boolean): void {
    this.#isSuspended = true;
    this.ring.suspend();
    if (isReplaced) this.current += 1;
    this.entries = this.entries.map(({ seq }) => ({ seq, log: this.current }));
  }

  /** The logs have been compared: one that was replaced goes on behind a hole. */
  #resume(): void {
    if (this.current !== this.followed) this.#leap(1);
    this.followed = this.current;
    this.#isSuspended = false;
    this.ring.resume();
  }

  /** Reads at once, and gives the result to the ring later. */
  #beginExtension(seq: number): void {
    const request = this.ring.extensionFor(seq);
    if (request === undefined) return;
    const read = this.entries.filter((entry) => entry.seq > request.afterSeq).slice(0, request.limit);
    this.#extension = { request, read };
  }
}

/** The entries that the ring must give: those of the log it follows, in order and without a hole. */
function between(model: Model, seq: number, limit: number): Marked[] {
  const count = Math.min(limit, model.head - seq);
  return Array.from({ length: count }, (_each, index) => ({ seq: seq + 1 + index, log: model.followed }));
}

function check(model: Model): void {
  const { ring, head, hole, followed } = model;
  const kept = Math.min(CAPACITY, head - hole);
  expect(ring.lastSeq).toBe(head);
  expect(ring.after(head, ALL)).toEqual([]);
  for (let seq = Math.max(0, head - 4 * CAPACITY); seq < head; seq += 1) {
    const answer = ring.after(seq, ALL);
    if (seq >= head - kept || Array.isArray(answer)) {
      expect(seq).toBeGreaterThanOrEqual(hole);
      expect(head - seq).toBeLessThanOrEqual(2 * CAPACITY);
      expect(answer).toEqual(between(model, seq, ALL));
      expect(ring.after(seq, 2)).toEqual(between(model, seq, 2));
      expect(ring.has({ seq: seq + 1, log: followed })).toBe(true);
      expect(ring.has({ seq: seq + 1, log: followed + 1 })).toBe(false);
    }
    if (answer === 'gone') expect(model.entries.map((entry) => entry.seq)).not.toContain(seq + 1);
  }
}

describe('the ring of recent entries', () => {
  it('gives the entries of a plain array or says that they are gone, through trims, holes and suspended reads', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const model = new Model();
        for (const each of steps) {
          model.take(each);
          check(model);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses an entry that is not the next', () => {
    const ring = new RecentEntries<Marked>(CAPACITY);
    expect(() => ring.push({ seq: 2, log: 1 })).toThrow('the log goes on with 2 after 0');
  });

  it('ignores earlier entries that leave a hole before the first one', () => {
    const ring = new RecentEntries<Marked>(CAPACITY);
    ring.leap(10);
    ring.pushBefore([{ seq: 8, log: 1 }]);
    expect(ring.after(7, ALL)).toBeUndefined();
    ring.pushBefore([9, 10].map((seq) => ({ seq, log: 1 })));
    expect(ring.after(8, ALL)).toHaveLength(2);
  });

  it('takes only the latest entries of a read for which entries that came meanwhile leave no room', () => {
    const ring = new RecentEntries<Marked>(CAPACITY);
    ring.leap(10);
    for (let seq = 11; seq <= 15; seq += 1) ring.push({ seq, log: 1 });
    const request = ring.extensionFor(6);
    for (let seq = 16; seq <= 18; seq += 1) ring.push({ seq, log: 1 });
    if (request !== undefined)
      ring.extend(
        request,
        [6, 7, 8, 9, 10].map((seq) => ({ seq, log: 1 })),
      );
    expect(ring.after(8, ALL)).toHaveLength(2 * CAPACITY);
    expect(ring.after(7, ALL)).toBeUndefined();
  });

  it('asks for no extension while it is suspended', () => {
    const ring = new RecentEntries<Marked>(CAPACITY);
    ring.leap(10);
    expect(ring.extensionFor(8)).toMatchObject({ afterSeq: 5, limit: CAPACITY });
    ring.suspend();
    expect(ring.extensionFor(8)).toBeUndefined();
  });
});

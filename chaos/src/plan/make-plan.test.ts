import { describe, expect, it } from 'vitest';
import { makePlan, WHOLE_PLAN } from './make-plan.ts';
import { FAULT_KINDS } from './round-plan.ts';

describe('makePlan', () => {
  it('gives the same plan for the same seed and round', () => {
    expect(makePlan(7, 3)).toEqual(makePlan(7, 3));
  });

  it('gives another plan for another seed, and for another round', () => {
    expect(makePlan(8, 3).tasks).not.toEqual(makePlan(7, 3).tasks);
    expect(makePlan(7, 4).tasks).not.toEqual(makePlan(7, 3).tasks);
  });

  it('plans every kind of fault and door sooner or later, and dozens of watchers in each round', () => {
    const plans = Array.from({ length: 60 }, (_, place) => makePlan(1, place + 1));
    const kinds = new Set(plans.flatMap((plan) => plan.faults.map((fault) => fault.kind)));
    const doors = new Set(plans.flatMap((plan) => plan.watchers.map((watcher) => watcher.door)));
    expect([...kinds].sort()).toEqual([...FAULT_KINDS].sort());
    expect([...doors].sort()).toEqual([...WHOLE_PLAN.doors].sort());
    for (const plan of plans) expect(plan.watchers.length).toBeGreaterThanOrEqual(18);
  });

  it('keeps to its limits, and leaves the tasks as they are where only the faults are limited', () => {
    const limited = makePlan(5, 1, { ...WHOLE_PLAN, faults: ['trim'] });
    expect(new Set(limited.faults.map((fault) => fault.kind))).toEqual(new Set(['trim']));
    expect(limited.tasks).toEqual(makePlan(5, 1).tasks);
    expect(makePlan(5, 1, { ...WHOLE_PLAN, faults: [] }).faults).toEqual([]);
  });
});

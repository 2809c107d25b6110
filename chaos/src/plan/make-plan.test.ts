import { describe, expect, it } from 'vitest';
import { makePlan, WHOLE_PLAN } from './make-plan.ts';
import { NEWER_KIND, OLDER_COUNT } from '../workers/older-build.ts';
import { FAULT_KINDS } from './round-plan.ts';

const PLANS = Array.from({ length: 60 }, (_, place) => makePlan(1, place + 1));

describe('makePlan', () => {
  it('gives the same plan for the same seed and round', () => {
    expect(makePlan(7, 3)).toEqual(makePlan(7, 3));
  });

  it('gives another plan for another seed, and for another round', () => {
    expect(makePlan(8, 3).tasks).not.toEqual(makePlan(7, 3).tasks);
    expect(makePlan(7, 4).tasks).not.toEqual(makePlan(7, 3).tasks);
  });

  it('plans every kind of fault and transport sooner or later, and dozens of watchers in each round', () => {
    const kinds = new Set(PLANS.flatMap((plan) => plan.faults.map((fault) => fault.kind)));
    const transports = new Set(PLANS.flatMap((plan) => plan.watchers.map((watcher) => watcher.transport)));
    expect([...kinds].sort()).toEqual([...FAULT_KINDS].sort());
    expect([...transports].sort()).toEqual([...WHOLE_PLAN.transports].sort());
    for (const plan of PLANS) expect(plan.watchers.length).toBeGreaterThanOrEqual(18);
  });

  it('keeps to its limits, and leaves the tasks as they are where only the faults are limited', () => {
    const limited = makePlan(5, 1, { ...WHOLE_PLAN, faults: ['trim'] });
    expect(new Set(limited.faults.map((fault) => fault.kind))).toEqual(new Set(['trim']));
    expect(makePlan(5, 1).tasks.slice(0, limited.tasks.length)).toEqual(limited.tasks);
    expect(makePlan(5, 1, { ...WHOLE_PLAN, faults: [] }).faults).toEqual([]);
  });

  it('stalls something for longer than a lock lasts at most once in a round', () => {
    const long = new Set(['worker-long-stop', 'redis-long-stop', 'task-block']);
    for (const plan of PLANS) expect(plan.faults.filter((fault) => long.has(fault.kind)).length).toBeLessThan(2);
    const only = makePlan(1, 1, { ...WHOLE_PLAN, faults: ['redis-long-stop'] }).faults;
    expect(only).toHaveLength(1);
    expect([15_000, 40_000]).toContain(only[0]?.forMs);
  });

  it('has faults of workers befall the one that is alone', () => {
    const alone = PLANS.flatMap(({ faults }) => {
      const absent = faults.find((fault) => fault.kind === 'worker-alone');
      return absent === undefined ? [] : [{ absent, faults }];
    });
    expect(alone.length).toBeGreaterThan(0);
    for (const { absent, faults } of alone) {
      const others = faults.filter((fault) => fault !== absent && fault.kind.startsWith('worker-'));
      expect(others.map((fault) => fault.target)).not.toContain(absent.target);
    }
  });

  it('has tasks for the faults that need some, and lets only those fail whose handlers do wrong', () => {
    const crash = makePlan(2, 1, { ...WHOLE_PLAN, faults: ['task-crash'] });
    expect(crash.tasks.filter((task) => task.deed !== undefined && task.mayFail === true)).toHaveLength(1);
    const block = makePlan(2, 1, { ...WHOLE_PLAN, faults: ['task-block'] });
    expect(block.tasks.filter((task) => task.deed !== undefined && task.mayFail === undefined)).toHaveLength(1);
    const old = makePlan(2, 1, { ...WHOLE_PLAN, faults: ['worker-old'] });
    expect(old.tasks.some((task) => task.kind === NEWER_KIND)).toBe(true);
    expect(old.tasks.some((task) => Number(task.input['to']) > OLDER_COUNT)).toBe(true);
    expect(old.tasks.every((task) => task.mayFail === undefined)).toBe(true);
  });

  it('has tasks without fault run beside what stalls and crashes, from before until after', () => {
    for (const kind of ['worker-long-stop', 'redis-long-stop', 'redis-full', 'task-block', 'task-crash'] as const) {
      const { tasks, faults } = makePlan(4, 1, { ...WHOLE_PLAN, faults: [kind] });
      const begin = faults[0]?.atMs ?? 0;
      const lasting = tasks.filter((task) => Number(task.input['to']) * Number(task.input['everyMs']) >= 9_000);
      expect(lasting.filter((task) => task.atMs <= begin && task.mayFail === undefined).length).toBeGreaterThan(1);
    }
  });
});

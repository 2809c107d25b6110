import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { expect, it } from 'vitest';
import { FIGURES, figuresOf } from './oracle/findings.ts';
import { WHOLE_PLAN } from './plan/make-plan.ts';
import { FAULT_KINDS } from './plan/round-plan.ts';
import type { RoundResult } from './round/judge-round.ts';
import { runChaos, type ChaosSettings } from './run-chaos.ts';
import { droppingFetch } from './testing/spoiling-fetch.ts';

/** Faults that do not keep a round waiting for longer than a lock lasts. */
const QUICK_FAULTS = FAULT_KINDS.filter((kind) => !/long-stop|task-block/.test(kind));

const evidenceFolder = useTemporaryFolder('chaos-test');

async function play(settings: Pick<ChaosSettings, 'seed' | 'rounds' | 'limits'> & Partial<ChaosSettings>) {
  const results: RoundResult[] = [];
  const reporter = {
    begin: () => undefined,
    round: (result: RoundResult) => void results.push(result),
    summary: () => results.every((result) => result.findings.length === 0),
  };
  const clean = await runChaos({
    evidenceFolder: evidenceFolder.path,
    reporter,
    signal: new AbortController().signal,
    ...settings,
  });
  return { clean, results };
}

it('loses, doubles, misplaces and leaks nothing, whatever is broken', async () => {
  const limits = { ...WHOLE_PLAN, faults: QUICK_FAULTS };
  const { clean, results } = await play({ seed: 20_261, rounds: [1, 2], limits });
  expect(results.flatMap((result) => result.findings)).toEqual([]);
  expect(clean).toBe(true);
  for (const { tasks, watchers, messages } of results) {
    expect(tasks).toBeGreaterThanOrEqual(6);
    expect(messages).toBeGreaterThan(watchers);
  }
}, 600_000);

it('notices one frame that is dropped on its way to one watcher, and keeps the evidence', async () => {
  const limits = {
    ...WHOLE_PLAN,
    faults: [],
    kinds: ['demo.count'],
    transports: ['trpc', 'sse'],
    subjects: ['task'],
  } as const;
  const spoiled = '01-';
  const { clean, results } = await play({
    seed: 3,
    rounds: [1],
    limits,
    fetchFor: (name) => (name.startsWith(spoiled) ? droppingFetch('progress', 3) : fetch),
  });
  expect(clean).toBe(false);
  const [result] = results;
  const figures = figuresOf(result?.findings ?? []);
  expect(figures).toMatchObject({ lost: 1, silentGaps: 1 });
  expect(FIGURES.filter((figure) => figures[figure] > 0)).toEqual(['lost', 'silentGaps']);
  expect(result?.findings.every((finding) => finding.who.startsWith(spoiled))).toBe(true);
  expect((await stat(join(result?.evidence ?? '', 'records'))).isDirectory()).toBe(true);
});

import { eventually } from '@taskwire/test-kit/vitest';
import { expect } from 'vitest';
import { startTask } from '../../../../testing/running-task.ts';
import { differences, unlikeMessages } from '../comparing/differences.ts';
import { outlineOf } from '../comparing/outline.ts';
import type { Pair } from './pair.ts';
import type { Scenario, Stage } from './scenario.ts';
import { readStream } from '../reading/stream-text.ts';
import { watch, type Watchers } from '../reading/watchers.ts';

let users = 0;

/** Plays a scenario against both servers at once, with the same task, and fails on any difference that clients see. */
export async function runScenario(pair: Pair, scenario: Scenario): Promise<void> {
  const stage = await prepare(pair);
  await scenario.before?.(stage);
  const ask = await scenario.ask(stage);
  const token = (await pair.trpc.as(stage.task.ownerId)).authorization;
  const settings = { token, withLinks: scenario.withoutLinks !== true };
  const trpc = watch(pair.trpc, ask, settings);
  const gateway = watch(pair.gateway, ask, settings);
  try {
    await eventually(() => [trpc, gateway].forEach((watchers) => expectReady(watchers, scenario.ready)));
    await scenario.during?.(stage, (pattern) =>
      eventually(() => [trpc, gateway].forEach(({ raw }) => expect(raw.text).toMatch(pattern))),
    );
    await eventually(() => [trpc, gateway].forEach((watchers) => expectOver(watchers, scenario.until)));
  } finally {
    await Promise.all([trpc.leave(), gateway.leave()]);
  }
  compare(scenario, trpc, gateway);
}

async function prepare(pair: Pair): Promise<Stage> {
  users += 1;
  const task = await startTask(pair.trpc, `user-${users}`);
  // Later events are in the streams; earlier ones must be in the snapshots.
  await pair.trpc.connections.eventLog.relay(task);
  return { pair, task };
}

function expectReady({ raw, links }: Watchers, ready: Scenario['ready'] = 'delivered'): void {
  const sign = ready === 'delivered' ? /^id: /m : /^event: connected$/m;
  expect(raw.ended || sign.test(raw.text)).toBe(true);
  for (const link of links)
    expect(link.ended || (ready === 'delivered' ? link.ids.length > 0 : link.started)).toBe(true);
}

function expectOver({ raw, links }: Watchers, until: RegExp | undefined): void {
  if (until === undefined) {
    expect(raw.ended).toBe(true);
    for (const link of links) expect(link.ended).toBe(true);
    return;
  }
  expect(raw.text).toMatch(until);
  const lastId = [...raw.text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1];
  for (const link of links) expect(link.ids.at(-1)).toBe(lastId);
}

function compare(scenario: Scenario, trpc: Watchers, gateway: Watchers): void {
  const outline = outlineOf(readStream(trpc.raw.text).text);
  if (typeof scenario.outline === 'string') expect(outline).toBe(scenario.outline);
  else expect(outline).toMatch(scenario.outline);
  expect(differences(trpc.raw.answer, gateway.raw.answer, scenario)).toEqual([]);
  trpc.links.forEach((link, index) => {
    const other = gateway.links[index];
    if (scenario.merging === true) expect(unlikeMessages(link.frames, other?.frames ?? [])).toEqual([]);
    else expect(other?.observations).toEqual(link.observations);
  });
}

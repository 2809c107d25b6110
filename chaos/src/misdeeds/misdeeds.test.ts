import { defineTask } from '@taskwire/tasks';
import { handle, type TaskHandler } from '@taskwire/worker';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { commitDeed } from './commit-deed.ts';
import { codeOf, deedOf, HOSTILITIES } from './deed-names.ts';
import type { ActingStage } from './hostile-acts.ts';
import { misbehaving } from './misbehaving.ts';

const count = defineTask({
  kind: 'demo.count',
  input: z.object({ to: z.int() }),
  output: z.object({ counted: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
});
const USUAL = { counted: -1 };

function recordingStage(): { stage: ActingStage; given: unknown[][] } {
  const given: unknown[][] = [];
  const take = (...values: unknown[]) => Promise.resolve(void given.push(values));
  return { stage: { progress: take, token: take, log: take }, given };
}

/** Runs an attempt of a handler that can misbehave. */
function run(input: { to: number; failures?: { at: number; times: number } }, attempt: number) {
  const { stage, given } = recordingStage();
  const { signal } = new AbortController();
  const unused = () => Promise.reject(new Error('not to be called'));
  const context: Parameters<TaskHandler['run']>[0] = {
    ...{ taskId: 't', ownerId: 'o', attempt, signal, log: unused, openUpload: unused },
    channel: () => ({ send: unused }),
    stage: (_name, work) => work({ ...stage, signal }),
  };
  const handler = misbehaving(handle(count, () => Promise.resolve(USUAL)));
  return { result: handler.run(context, input), given };
}

it('names a deed by a number beyond any count, and finds it again', () => {
  for (const deed of HOSTILITIES) expect(deedOf(codeOf(deed, 1).at)).toBe(deed);
  expect(deedOf(7)).toBeUndefined();
});

describe('misbehaving', () => {
  it('is the handler itself if the input names no deed', async () => {
    await expect(run({ to: 3 }, 1).result).resolves.toEqual(USUAL);
    await expect(run({ to: 3, failures: { at: 2, times: 1 } }, 1).result).resolves.toEqual(USUAL);
  });

  it('commits the deed on the first attempts, and counts as usual afterwards', async () => {
    const input = { to: 3, failures: codeOf('null-item', 1) };
    const first = run(input, 1);
    await expect(first.result).resolves.toEqual({ counted: 3 });
    expect(first.given).toContainEqual([1, 2, null]);
    await expect(run(input, 2).result).resolves.toEqual(USUAL);
  });
});

it('gives something hostile with every deed: a value that the types forbid, a throw, or an output that no JSON holds', async () => {
  for (const deed of HOSTILITIES) {
    const { stage, given } = recordingStage();
    const outcome = await commitDeed(deed, stage, 3).then(
      (output) => ({ output }),
      () => 'thrown',
    );
    const isUsual = typeof outcome === 'object' && JSON.stringify(Object.keys(outcome.output ?? {})) === '["counted"]';
    expect([deed, given.length > 0 || outcome === 'thrown' || !isUsual || deed === 'bigint-output']).toEqual([
      deed,
      true,
    ]);
  }
});

import { expect, it, vi } from 'vitest';
import type { BenchSettings } from '../scenario.ts';
import { UsageError } from '../usage-error.ts';
import { choosePeers } from './choose.ts';
import { PEERS } from './peers.ts';

function settings(peers?: readonly string[]): BenchSettings {
  const { signal } = new AbortController();
  return { peers, repeats: 1, watchers: undefined, rates: undefined, seconds: 1, say: vi.fn(), signal };
}

it('takes the peers that are asked for, in that order, optional ones too', async () => {
  const chosen = await choosePeers(settings(['taskwire-trpc', 'raw-node']));
  expect(chosen.map(({ name }) => name)).toEqual(['taskwire-trpc', 'raw-node']);
});

it('takes optional ones only if they are asked for', async () => {
  const chosen = await choosePeers(settings());
  expect(chosen.map(({ name }) => name)).toContain('taskwire');
  expect(chosen.map(({ name }) => name)).not.toContain('taskwire-trpc');
});

it('names a peer that there is not, and those that there are', async () => {
  await expect(choosePeers(settings(['raw-node', 'carrier-pigeon']))).rejects.toThrow(UsageError);
  await expect(choosePeers(settings(['carrier-pigeon']))).rejects.toThrow(/raw-node.*"carrier-pigeon"/);
});

it('leaves out a peer that cannot run here, and says why', async () => {
  const [peer] = PEERS.filter(({ name }) => name === 'nchan');
  const whyNot = vi.fn(async () => 'it is not installed');
  Object.assign(peer ?? {}, { whyNot });
  const asked = settings(['nchan', 'raw-node']);
  expect((await choosePeers(asked)).map(({ name }) => name)).toEqual(['raw-node']);
  expect(asked.say).toHaveBeenCalledWith(expect.stringContaining('it is not installed'));
});

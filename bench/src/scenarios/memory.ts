import type { Measurement, BenchSettings, Scenario } from '../scenario.ts';
import { stoppable } from '../stoppable.ts';
import { measureIdle, measureStalled } from './memory/measure-memory.ts';
import { inTurn } from './measure-peer.ts';

const PEERS = ['taskwire', 'nchan', 'raw-node', 'trpc'];
const USUAL_WATCHERS = [5_000];
/** Peers that are also measured with watchers that read nothing. */
const WITH_STALLED = 'taskwire';
const STALLED_WATCHERS = 50;

async function* run(settings: BenchSettings): AsyncGenerator<Measurement> {
  const { say, signal } = settings;
  yield* inTurn(settings, {
    usual: PEERS,
    measure: async function* (peer, name) {
      for (const watchers of settings.watchers ?? USUAL_WATCHERS) {
        say(`  ${name}: ${watchers} idle watchers`);
        const figures = await stoppable(signal, measureIdle(peer, watchers));
        yield { name, watchers, rate: 0, delivered: 0, lost: 0, ...figures };
      }
      if (name !== WITH_STALLED) return;
      say(`  ${name}: ${STALLED_WATCHERS} watchers that take nothing, and one that reads`);
      const figures = await stoppable(signal, measureStalled(peer, STALLED_WATCHERS));
      yield { name: `${name}-stalled`, watchers: STALLED_WATCHERS, rate: 0, ...figures };
    },
  });
}

/** A watcher's cost in resident memory, over all server processes. */
export const memory: Scenario = {
  name: 'memory',
  summary: 'resident memory of the server for each watcher, idle or stalled',
  run,
  columns: [
    { key: 'name', heading: 'server', digits: 0 },
    { key: 'watchers', heading: 'watchers', digits: 0 },
    { key: 'kibPerConnection', heading: 'KiB/connection', digits: 1 },
    { key: 'flowedKib', heading: 'KiB to one that reads', digits: 0 },
    { key: 'beforeKib', heading: 'KiB before', digits: 0 },
    { key: 'afterKib', heading: 'KiB after', digits: 0 },
  ],
  plot: { x: 'name', y: 'kibPerConnection', title: 'Memory for each watcher', xLabel: '', yLabel: 'KiB resident' },
};

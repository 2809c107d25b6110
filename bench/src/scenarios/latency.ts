import type { BenchSettings, Measurement, Scenario } from '../scenario.ts';
import { inTurn } from './measure-peer.ts';
import { measurePart } from './measure-part.ts';

const PEERS = ['taskwire', 'nchan', 'raw-node'];
const USUAL_WATCHERS = [1_000];
const USUAL_RATES = [10];

async function* run(settings: BenchSettings): AsyncGenerator<Measurement> {
  const { seconds, say, signal } = settings;
  yield* inTurn(settings, {
    usual: PEERS,
    measure: async function* (peer, name) {
      for (const watchers of settings.watchers ?? USUAL_WATCHERS) {
        for (const rate of settings.rates ?? USUAL_RATES) {
          say(`  ${name}: ${watchers} watchers × ${rate} events a second`);
          yield { name, ...(await measurePart(peer, { watchers, rate, type: 'progress', seconds }, signal)) };
        }
      }
    },
  });
}

/** Age of an event at its arrival: from its creation in a worker, by one clock for both. */
export const latency: Scenario = {
  name: 'latency',
  summary: 'time from a worker making an event to a watcher having it',
  run,
  columns: [
    { key: 'name', heading: 'server', digits: 0 },
    { key: 'watchers', heading: 'watchers', digits: 0 },
    { key: 'rate', heading: 'events/s', digits: 0 },
    { key: 'p50Ms', heading: 'p50 ms', digits: 2 },
    { key: 'p99Ms', heading: 'p99 ms', digits: 2 },
    { key: 'delivered', heading: 'delivered', digits: 0 },
    { key: 'merged', heading: 'merged', digits: 0 },
    { key: 'lost', heading: 'lost', digits: 0 },
  ],
  plot: {
    x: 'watchers',
    y: 'p99Ms',
    title: 'From a worker to a watcher, 99 of 100 events within',
    xLabel: 'watchers',
    yLabel: 'ms',
    logX: true,
    logY: true,
  },
};

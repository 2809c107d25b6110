import type { BenchSettings, Measurement, Plot, Scenario } from '../scenario.ts';
import { inTurn } from './measure-peer.ts';
import { measurePart, type Part } from './measure-part.ts';

/** Many watchers of a task with progress events, and fewer of one with token events. */
const USUAL: readonly Omit<Part, 'seconds'>[] = [
  { part: '1,000 × 10/s', watchers: 1_000, rate: 10, type: 'progress' },
  { part: '200 × 200/s', watchers: 200, rate: 200, type: 'token' },
];
const USUAL_WATCHERS = [1_000];
const USUAL_RATES = [10];

/** The parts to measure: the usual ones, or each number of watchers at each rate. */
export function partsOf({ watchers, rates, seconds }: BenchSettings): Part[] {
  if (watchers === undefined && rates === undefined) return USUAL.map((part) => ({ ...part, seconds }));
  return (watchers ?? USUAL_WATCHERS).flatMap((count) =>
    (rates ?? USUAL_RATES).map((rate): Part => ({ watchers: count, rate, type: 'progress', seconds })),
  );
}

async function* run(settings: BenchSettings): AsyncGenerator<Measurement> {
  yield* inTurn(settings, {
    measure: async function* (peer, name) {
      for (const part of partsOf(settings)) {
        settings.say(`  ${name}: ${part.watchers} watchers × ${part.rate} events a second (${part.type})`);
        yield { name, ...(await measurePart(peer, part, settings.signal)) };
      }
    },
  });
}

function plotFor({ watchers, rates }: BenchSettings): Plot {
  const plot = {
    y: 'cpuMicrosPerDelivery',
    title: 'Server CPU for each delivered event',
    yLabel: 'µs of processor time a delivery',
  };
  if (watchers === undefined && rates === undefined) return { ...plot, x: 'part', xLabel: '' };
  const byRate = (rates?.length ?? 1) > (watchers?.length ?? 1);
  const axis = byRate ? { x: 'rate', xLabel: 'events a second' } : { x: 'watchers', xLabel: 'watchers' };
  return { ...plot, ...axis, logX: true, logY: true };
}

/** The server's cost of one delivery. */
export const fanout: Scenario = {
  name: 'fanout',
  summary: 'processor time of the server for each event that a watcher gets',
  run,
  columns: [
    { key: 'name', heading: 'server', digits: 0 },
    { key: 'watchers', heading: 'watchers', digits: 0 },
    { key: 'rate', heading: 'events/s', digits: 0 },
    { key: 'type', heading: 'type', digits: 0 },
    { key: 'cpuMicrosPerDelivery', heading: 'CPU µs/delivery', digits: 1 },
    { key: 'cpuPercent', heading: 'core %', digits: 0 },
    { key: 'p50Ms', heading: 'p50 ms', digits: 1 },
    { key: 'p99Ms', heading: 'p99 ms', digits: 1 },
    { key: 'behindMs', heading: 'behind ms', digits: 0 },
    { key: 'delivered', heading: 'delivered', digits: 0 },
    { key: 'merged', heading: 'merged', digits: 0 },
    { key: 'lost', heading: 'lost', digits: 0 },
    { key: 'repeated', heading: 'repeated', digits: 0 },
  ],
  plotFor,
};

import { watchServer } from '../measure/watch-server.ts';
import type { RunningPeer, Topic } from '../peers/peer.ts';
import type { BenchSettings, Measurement, Scenario } from '../scenario.ts';
import { PUBLISHED_STAGE } from '../taskwire/event-source.ts';
import { startTaskwire, type TaskwireStack } from '../taskwire/start-taskwire.ts';
import { measurePart } from './measure-part.ts';

const WATCHERS = 500;
const RATE = 200;
/** Above what any run has: how much distinct filters cost is measured, not how many are let in. */
const NO_LIMIT = { STREAM_FILTERS_PER_TOPIC: '100000' };

/** Every filter takes all that is published; the second stage of each is one that does not exist. */
const PARTS = [
  { part: 'one filter', stages: `${PUBLISHED_STAGE},x` },
  { part: 'a filter for each', stages: `${PUBLISHED_STAGE},x{watcher}` },
];

async function openTopic(stack: TaskwireStack, stages: string): Promise<Topic> {
  const { projectId, publisher } = await stack.startTask();
  return {
    address: {
      port: Number(new URL(stack.url).port),
      path: `/api/v1/sse/projects/${projectId}?stages=${stages}`,
      headers: { authorization: `Bearer ${stack.token}` },
      wire: 'sse',
    },
    publish: (request) => publisher.publish(request),
    close: () => publisher.stop(),
  };
}

async function* measure(
  { part, stages }: (typeof PARTS)[number],
  settings: BenchSettings,
): AsyncGenerator<Measurement> {
  const { seconds, signal } = settings;
  const stack = await startTaskwire({ environment: NO_LIMIT });
  try {
    const peer: RunningPeer = {
      serverPids: () => stack.serverPids,
      openTopic: () => openTopic(stack, stages),
      stop: () => stack.stop(),
    };
    for (const watchers of settings.watchers ?? [WATCHERS]) {
      for (const rate of settings.rates ?? [RATE]) {
        settings.say(`  ${part}: ${watchers} watchers × ${rate} events a second`);
        const before = await stack.metrics();
        const signs = watchServer(stack.url, stack.serverPids);
        const figures = await measurePart(peer, { part, watchers, rate, type: 'progress', seconds }, signal);
        const encodings = await encodingsSince(before, stack);
        yield { name: 'taskwire', ...figures, ...(await signs()), encodings };
      }
    }
  } finally {
    await stack.stop();
  }
}

async function encodingsSince(before: Map<string, number>, stack: TaskwireStack): Promise<number> {
  const name = 'taskwire_stream_encodings_total';
  return ((await stack.metrics()).get(name) ?? 0) - (before.get(name) ?? 0);
}

async function* run(settings: BenchSettings): AsyncGenerator<Measurement> {
  for (let repeat = 1; repeat <= settings.repeats; repeat += 1) {
    settings.say(`repeat ${repeat} of ${settings.repeats}`);
    for (const part of PARTS) yield* measure(part, settings);
  }
}

/** Cost of a separate filter for each watcher of one project. */
export const filters: Scenario = {
  name: 'filters',
  summary: 'one filter for all watchers of a project, against one filter for each',
  run,
  columns: [
    { key: 'part', heading: 'filters', digits: 0 },
    { key: 'watchers', heading: 'watchers', digits: 0 },
    { key: 'rate', heading: 'events/s', digits: 0 },
    { key: 'cpuMicrosPerDelivery', heading: 'CPU µs/delivery', digits: 1 },
    { key: 'cpuPercent', heading: 'core %', digits: 0 },
    { key: 'p50Ms', heading: 'p50 ms', digits: 1 },
    { key: 'p99Ms', heading: 'p99 ms', digits: 1 },
    { key: 'behindMs', heading: 'behind ms', digits: 0 },
    { key: 'peakMib', heading: 'peak MiB', digits: 0 },
    { key: 'healthP50Ms', heading: '/healthz p50 ms', digits: 1 },
    { key: 'healthMaxMs', heading: '/healthz max ms', digits: 1 },
    { key: 'encodings', heading: 'encodings', digits: 0 },
    { key: 'delivered', heading: 'delivered', digits: 0 },
    { key: 'lost', heading: 'lost', digits: 0 },
  ],
};

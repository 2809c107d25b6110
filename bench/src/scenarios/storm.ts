import { setTimeout as delay } from 'node:timers/promises';
import { createEventLog } from '@taskwire/event-log';
import { LOAD_CORE } from '../measure/pinning.ts';
import type { BenchSettings, Measurement, Scenario } from '../scenario.ts';
import { stoppable } from '../stoppable.ts';
import { USER, type TaskPlace } from '../taskwire/access.ts';
import { ChildProgram } from '../taskwire/child-program.ts';
import { sumOf } from '../taskwire/metrics.ts';
import type { Publisher } from '../taskwire/publisher.ts';
import { startTaskwire, type TaskwireStack } from '../taskwire/start-taskwire.ts';
import { crowdReplySchema, type CrowdOrder, type CrowdReply, type CrowdSettings } from './storm/messages.ts';

const CROWD = new URL('./storm/crowd-process.ts', import.meta.url);
const WATCHERS = 5_000;
/** tRPC's own path is given fewer: with more it does not catch up within the time. */
const TRPC_WATCHERS = 1_000;
const RATE = 10;
/** Over how long (ms) the watchers come at first, when nothing is measured. */
const GENTLY_MS = 3_000;
/** Wait (ms) after which watchers count as lost. */
const PATIENCE_MS = 60_000;

const SYSTEMS = {
  taskwire: { environment: {} },
  trpc: { environment: { STREAM_GATEWAY: 'off' } },
};
type SystemName = keyof typeof SYSTEMS;

interface Storm {
  name: SystemName;
  watchers: number;
  rate: number;
  seconds: number;
}

/** Publishes at a rate until it is ended; resolves then, once all is written. */
function flow(publisher: Publisher, rate: number): { end: () => Promise<void> } {
  const over = new AbortController();
  const flowing = (async () => {
    while (!over.signal.aborted) {
      await publisher.publish({ type: 'progress', rate, count: Math.max(1, Math.round(rate / 2)) });
    }
  })();
  // It is looked at when it is ended.
  flowing.catch(() => undefined);
  return {
    end: () => {
      over.abort();
      return flowing;
    },
  };
}

/** Head of a task's log, read from Redis. */
async function headOf(stack: TaskwireStack, { taskId, projectId }: TaskPlace): Promise<number> {
  const log = createEventLog({ redisUrl: stack.redisUrl, loadSnapshot: async () => undefined });
  try {
    return (await log.inspect({ ownerId: USER, taskId, projectId }))?.seq ?? 0;
  } finally {
    await log.close();
  }
}

function crowdSettings(stack: TaskwireStack, taskId: string, watchers: number): CrowdSettings {
  const { hostname, port } = new URL(stack.url);
  const query = new URLSearchParams({ input: JSON.stringify({ taskId }) });
  return {
    host: hostname,
    port: Number(port),
    path: `/trpc/task.onProgress?${query.toString()}`,
    token: stack.token,
    watchers,
  };
}

interface Scene {
  stack: TaskwireStack;
  crowd: ChildProgram<CrowdReply>;
  task: TaskPlace & { publisher: Publisher };
}

interface Outcome {
  caughtUp: CrowdReply;
  end: CrowdReply;
  downMs: number;
  metrics: Map<string, number>;
}

/** Connects all watchers, kills the api while events flow, and reconnects all watchers at once. */
async function weather({ stack, crowd, task }: Scene, storm: Storm): Promise<Outcome> {
  const tell = (order: CrowdOrder) => crowd.ask(order);
  const allHave = (seq: number) => tell({ order: 'await', seq, withinMs: PATIENCE_MS });
  await tell({ order: 'return', spreadMs: GENTLY_MS });
  const { arrived } = await allHave(await headOf(stack, task));
  if (arrived < storm.watchers) throw new Error(`only ${arrived} of ${storm.watchers} watchers came`);
  const flowing = flow(task.publisher, storm.rate);
  await delay((storm.seconds * 1_000) / 2);
  await tell({ order: 'hold' });
  const downAt = performance.now();
  await stack.restartApi();
  const downMs = performance.now() - downAt;
  const head = await headOf(stack, task);
  await tell({ order: 'return', spreadMs: 0 });
  const caughtUp = await allHave(head);
  const metrics = await stack.metrics();
  await delay((storm.seconds * 1_000) / 2);
  await flowing.end();
  return { caughtUp, end: await allHave(await headOf(stack, task)), downMs, metrics };
}

async function play(stack: TaskwireStack, storm: Storm, signal: AbortSignal): Promise<Outcome> {
  const task = await stack.startTask();
  const settings = crowdSettings(stack, task.taskId, storm.watchers);
  const crowd = await ChildProgram.start({ file: CROWD, settings, core: LOAD_CORE, reply: crowdReplySchema });
  try {
    return await stoppable(signal, weather({ stack, crowd, task }, storm));
  } finally {
    await crowd.stop();
  }
}

async function measure(storm: Storm, signal: AbortSignal): Promise<Measurement> {
  const stack = await startTaskwire(SYSTEMS[storm.name]);
  try {
    const { caughtUp, end, downMs, metrics } = await play(stack, storm, signal);
    const logReads = sumOf(metrics, 'taskwire_log_reads_total');
    const encodings = sumOf(metrics, 'taskwire_stream_encodings_total');
    return {
      name: storm.name,
      watchers: storm.watchers,
      rate: storm.rate,
      delivered: end.received,
      // Holes, and what had not come when the waiting ended.
      lost: end.lost + end.behind,
      duplicates: end.duplicates,
      reportedLost: end.reported,
      refusedTries: end.refused,
      rejectedTries: end.rejected,
      streamErrors: end.failures,
      caughtUp: caughtUp.arrived,
      caughtUpSeconds: caughtUp.tookMs / 1_000,
      downSeconds: downMs / 1_000,
      ...(logReads === undefined ? {} : { logReadsPerTopic: logReads }),
      ...(encodings === undefined ? {} : { encodings }),
    };
  } finally {
    await stack.stop();
  }
}

function stormsOf({ peers, watchers, rates, seconds }: BenchSettings): Storm[] {
  const names = Object.keys(SYSTEMS).filter((name) => peers?.includes(name) ?? true);
  const counts = watchers ?? [WATCHERS];
  const rate = rates?.[0] ?? RATE;
  return counts.flatMap((count): Storm[] => {
    const all = { taskwire: count, trpc: watchers === undefined ? TRPC_WATCHERS : count };
    return names.flatMap((name) => (isSystem(name) ? [{ name, watchers: all[name], rate, seconds }] : []));
  });
}

function isSystem(name: string): name is SystemName {
  return name in SYSTEMS;
}

async function* run(settings: BenchSettings): AsyncGenerator<Measurement> {
  for (let repeat = 1; repeat <= settings.repeats; repeat += 1) {
    for (const storm of stormsOf(settings)) {
      settings.signal.throwIfAborted();
      const { name, watchers, rate } = storm;
      settings.say(`storm: repeat ${repeat} of ${settings.repeats}, ${name}, ${watchers} watchers, ${rate} events/s`);
      yield await measure(storm, settings.signal);
    }
  }
}

/** All watchers of a task come back at the same moment, after the api was killed and started again. */
export const storm: Scenario = {
  name: 'storm',
  summary: 'watchers that all come back at once after the api was killed: lost, duplicate, log reads, time',
  run,
  columns: [
    { key: 'name', heading: 'system', digits: 0 },
    { key: 'watchers', heading: 'watchers', digits: 0 },
    { key: 'rate', heading: 'events/s', digits: 0 },
    { key: 'delivered', heading: 'delivered', digits: 0 },
    { key: 'lost', heading: 'lost', digits: 0 },
    { key: 'duplicates', heading: 'duplicates', digits: 0 },
    { key: 'caughtUpSeconds', heading: 'all caught up after s', digits: 2 },
    { key: 'logReadsPerTopic', heading: 'log reads', digits: 0 },
    { key: 'encodings', heading: 'encodings', digits: 0 },
    { key: 'refusedTries', heading: 'refused tries', digits: 0 },
  ],
  plot: {
    x: 'watchers',
    y: 'caughtUpSeconds',
    title: 'Until all watchers that came back at once had caught up',
    xLabel: 'watchers',
    yLabel: 'seconds',
    logX: true,
    logY: true,
  },
};

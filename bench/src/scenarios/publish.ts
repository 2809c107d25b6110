import { createTestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { LOAD_CORE, SERVER_CORE, pinProcess } from '../measure/pinning.ts';
import type { BenchSettings, Measurement, Scenario } from '../scenario.ts';
import { stoppable } from '../stoppable.ts';
import { ChildProgram } from '../taskwire/child-program.ts';
import { askRedis } from '../taskwire/redis-process.ts';
import { writerReplySchema, type WriterName, type WriterSettings } from './publish/writer-messages.ts';

const PROGRAM = new URL('./publish/writer-process.ts', import.meta.url);
const WRITERS: readonly WriterName[] = ['taskwire', 'bare-script'];

/** Events an append, and appends under way at a time. */
const SHAPES = [
  { batch: 1, inFlight: 64 },
  { batch: 50, inFlight: 1 },
  { batch: 50, inFlight: 8 },
];
type Shape = (typeof SHAPES)[number];

interface Place {
  redisUrl: string;
  seconds: number;
  signal: AbortSignal;
}

async function measure(writer: WriterName, shape: Shape, place: Place) {
  const { redisUrl, seconds, signal } = place;
  const settings: WriterSettings = { writer, ...shape, redisUrl, seconds };
  const program = await ChildProgram.start({ file: PROGRAM, settings, core: LOAD_CORE, reply: writerReplySchema });
  try {
    const reply = await stoppable(signal, program.ask({ run: true }));
    if (!('events' in reply)) throw new Error('the writer sent an unexpected answer');
    return reply;
  } finally {
    await program.stop();
  }
}

async function measured(writer: WriterName, shape: Shape, place: Place) {
  const { events, inLog, seconds, cpuMicros, redisCpuMicros } = await measure(writer, shape, place);
  return {
    name: writer,
    part: `${shape.batch} an append, ${shape.inFlight} in flight`,
    watchers: 0,
    rate: 0,
    delivered: inLog,
    lost: events - inLog,
    eventsPerAppend: shape.batch,
    eventsPerSecond: events / seconds,
    writerCpuMicrosPerEvent: cpuMicros / events,
    redisCpuMicrosPerEvent: redisCpuMicros / events,
  } satisfies Measurement;
}

async function empty(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.flushall();
  redis.disconnect();
}

/** Both ways of writing, in turn. */
async function* pair(shape: Shape, place: Place): AsyncGenerator<Measurement> {
  const rows = [];
  for (const writer of WRITERS) {
    rows.push(await measured(writer, shape, place));
    await empty(place.redisUrl);
  }
  const bare = rows.find(({ name }) => name === 'bare-script')?.eventsPerSecond ?? Number.NaN;
  for (const row of rows) yield { ...row, ofBare: row.eventsPerSecond / bare };
}

async function* run({ repeats, seconds, say, signal }: BenchSettings): AsyncGenerator<Measurement> {
  const redis = await createTestRedis({ durable: true });
  try {
    const facts = await askRedis(redis.redisUrl);
    await pinProcess(facts.processId, SERVER_CORE);
    say(`publish: one writer, Redis ${facts.version}, append-only file synced: ${facts.sync}, token events`);
    say('  taskwire: AttemptWriter.append, as a worker calls it: encodes each event, sends, checks each answer');
    say(
      '  bare-script: the same script call, recorded from the product and sent again by ioredis pipelines, two at a time',
    );
    for (let repeat = 1; repeat <= repeats; repeat += 1) {
      for (const shape of SHAPES) {
        signal.throwIfAborted();
        say(`publish: repeat ${repeat} of ${repeats}, ${shape.batch} an append, ${shape.inFlight} in flight`);
        yield* pair(shape, { redisUrl: redis.redisUrl, seconds, signal });
      }
    }
  } finally {
    await redis.stop();
  }
}

/** Event rate of one worker, against the bare script in Redis. */
export const publish: Scenario = {
  name: 'publish',
  summary: 'events a second that one worker can write, against the bare append script',
  run,
  columns: [
    { key: 'name', heading: 'writer', digits: 0 },
    { key: 'part', heading: 'shape', digits: 0 },
    { key: 'eventsPerSecond', heading: 'events/s', digits: 0 },
    { key: 'ofBare', heading: 'of bare', digits: 2 },
    { key: 'writerCpuMicrosPerEvent', heading: 'writer CPU µs/event', digits: 1 },
    { key: 'redisCpuMicrosPerEvent', heading: 'Redis CPU µs/event', digits: 1 },
    { key: 'lost', heading: 'lost', digits: 0 },
  ],
  plot: {
    x: 'part',
    y: 'eventsPerSecond',
    title: 'Events that one writer gets into the log',
    xLabel: '',
    yLabel: 'events a second',
  },
};

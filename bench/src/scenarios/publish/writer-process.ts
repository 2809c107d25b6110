import { Redis } from 'ioredis';
import { makeBatch, openTask, type OpenTask } from './open-task.ts';
import { recordAppend } from './record-append.ts';
import { type WriterReply, type WriterSettings, writerSettingsSchema } from './writer-messages.ts';

/**
 * Keeps a number of writes on their way until the time is over, and waits for the last.
 * @returns the number of writes, and the whole time (s).
 * @throws the error of a write that fails.
 */
export async function flood(
  write: () => Promise<unknown>,
  { lanes, seconds }: { lanes: number; seconds: number },
): Promise<{ writes: number; seconds: number }> {
  const begunAt = performance.now();
  const until = begunAt + seconds * 1_000;
  let writes = 0;
  const lane = async () => {
    while (performance.now() < until) {
      await write();
      writes += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { writes, seconds: (performance.now() - begunAt) / 1_000 };
}

// A process that writes events into one task's log as fast as it can: the product's own way, or its script alone.

/** Makes one write of some appends. */
interface Side {
  write: () => Promise<unknown>;
  appendsInWrite: number;
  lanes: number;
  close: () => void;
}

/** The same as a worker's journal calls: encode, send, check the answer, keep the order. */
function productSide({ writer }: OpenTask, { batch, inFlight }: WriterSettings): Side {
  const events = makeBatch(batch);
  return { write: () => writer.append(events), appendsInWrite: 1, lanes: inFlight, close: () => undefined };
}

/** Two pipelines at a time, so that Redis has the next one when it is done with one. */
async function bareSide({ writer }: OpenTask, settings: WriterSettings): Promise<Side> {
  const { redisUrl, batch, inFlight } = settings;
  const { before, after } = await recordAppend(redisUrl, () => writer.append(makeBatch(batch)));
  const [script = '', keys = '', ...start] = before;
  const redis = new Redis(redisUrl);
  const lanes = Math.min(2, inFlight);
  const appendsInWrite = Math.max(1, Math.floor(inFlight / lanes));
  // The recorded one was the first.
  let number = 1;
  const write = async () => {
    const pipeline = redis.pipeline();
    for (let index = 0; index < appendsInWrite; index += 1) {
      number += 1;
      pipeline.evalsha(script, keys, ...start, number, ...after);
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
  };
  return { write, appendsInWrite, lanes, close: () => redis.disconnect() };
}

async function redisCpuMicros(redis: Redis): Promise<number> {
  const text = await redis.info('cpu');
  const seconds = [...text.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)].map(([, value]) => Number(value));
  return seconds.reduce((sum, value) => sum + value, 0) * 1_000_000;
}

async function run(settings: WriterSettings): Promise<WriterReply> {
  const opened = await openTask(settings.redisUrl);
  const side = settings.writer === 'taskwire' ? productSide(opened, settings) : await bareSide(opened, settings);
  const redis = new Redis(settings.redisUrl);
  const before = (await opened.log.inspect(opened.task))?.seq ?? 0;
  const redisBefore = await redisCpuMicros(redis);
  const cpuBefore = process.cpuUsage();
  const { writes, seconds } = await flood(side.write, { lanes: side.lanes, seconds: settings.seconds });
  const { user, system } = process.cpuUsage(cpuBefore);
  const redisAfter = await redisCpuMicros(redis);
  const after = (await opened.log.inspect(opened.task))?.seq ?? 0;
  redis.disconnect();
  side.close();
  await opened.log.close();
  return {
    events: writes * side.appendsInWrite * settings.batch,
    inLog: after - before,
    seconds,
    cpuMicros: user + system,
    redisCpuMicros: redisAfter - redisBefore,
  };
}

const settings = writerSettingsSchema.parse(JSON.parse(process.argv[2] ?? 'null'));
process.on('disconnect', () => process.exit());
process.on('message', () => {
  void run(settings).then((reply) => process.send?.(reply));
});
process.send?.({ ready: true } satisfies WriterReply);

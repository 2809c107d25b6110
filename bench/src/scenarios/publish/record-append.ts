import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import * as z from 'zod';

/** Number of words before the events: script, number of keys, 6 keys, channels, ids, mode, attempt, batch, epoch. */
const WORDS_BEFORE_EVENTS = 16;
/** Index of the batch number among them. */
const BATCH_AT = 14;
const WAIT_MS = 5_000;

/** The words of an EVALSHA call of the append script, as they went over the wire. */
export interface RecordedAppend {
  before: readonly string[];
  after: readonly string[];
}

const wordsSchema = z.array(z.string());

/**
 * Records the commands of one append of the product, as Redis receives them.
 * @param append makes exactly one append.
 * @throws Error if Redis reports none within 5 s.
 */
export async function recordAppend(redisUrl: string, append: () => Promise<unknown>): Promise<RecordedAppend> {
  const redis = new Redis(redisUrl);
  const monitor = await redis.monitor();
  try {
    const heard = new Promise<string[]>((resolve) => {
      monitor.on('monitor', (_time: string, raw: unknown) => {
        const words = wordsSchema.parse(raw);
        if (words[0]?.toLowerCase() === 'evalsha' && words.length > WORDS_BEFORE_EVENTS) resolve(words.slice(1));
      });
    });
    await append();
    const words = await Promise.race([heard, delay(WAIT_MS, undefined, { ref: false })]);
    if (words === undefined) throw new Error('Redis reported no append: the product appends in another way by now');
    return { before: words.slice(0, BATCH_AT), after: words.slice(BATCH_AT + 1) };
  } finally {
    monitor.disconnect();
    redis.disconnect();
  }
}

import { Redis } from 'ioredis';
import * as z from 'zod';
import { heldInEntry } from './entries.ts';
import type { Truth } from './truth.ts';

const ALL_NAMES = 'taskwire:*';
/** Longer (ms) than Redis is ever stopped, on a busy machine too. */
const COMMAND_TIMEOUT_MS = 120_000;
const entriesSchema = z.array(z.tuple([z.string(), z.array(z.string())]));

/**
 * Collects the truth straight from Redis, past the proxies: by listening to what is published and by reading the logs
 * whole before anything removes them. Detached ⇄ attached.
 */
export class Recorder {
  readonly #truth: Truth;
  readonly #redisUrl: string;
  #commands: Redis | undefined;
  #subscriber: Redis | undefined;

  constructor(redisUrl: string, truth: Truth) {
    this.#redisUrl = redisUrl;
    this.#truth = truth;
  }

  /** Listens, then reads the logs. No writer may be active before this resolves. */
  async attach(): Promise<void> {
    const subscriber = open(this.#redisUrl);
    this.#subscriber = subscriber;
    subscriber.on('pmessage', (_pattern: string, channel: string, message: string) =>
      this.#truth.published(channel, message),
    );
    await subscriber.psubscribe(ALL_NAMES);
    this.#commands = open(this.#redisUrl);
    await this.sweep();
  }

  /** Lets go of a Redis that is about to die. */
  detach(): void {
    this.#subscriber?.disconnect();
    this.#commands?.disconnect();
    this.#subscriber = undefined;
    this.#commands = undefined;
  }

  /** Redis itself, for looking at it. @throws Error while detached. */
  get redis(): Redis {
    if (this.#commands === undefined) throw new Error('the recorder is detached');
    return this.#commands;
  }

  /** Number of this recorder's connections. */
  get connections(): number {
    return this.#commands === undefined ? 0 : 2;
  }

  /** Reads every log. */
  async sweep(): Promise<void> {
    this.#take(await this.redis.eval(READ_SCRIPT, 0, ALL_NAMES));
  }

  /** Reads every log and empties Redis, in one step. */
  async flush(): Promise<void> {
    this.#truth.markLoss(this.#take(await this.redis.eval(FLUSH_SCRIPT, 0, ALL_NAMES)));
  }

  /** Reads every log and removes what one of them has up to a seq, in one step. */
  async trim(name: string, throughSeq: number): Promise<void> {
    this.#take(await this.redis.eval(TRIM_SCRIPT, 1, name, ALL_NAMES, `${throughSeq + 1}-0`));
  }

  /** @returns the events of each stream, as JSON. */
  #take(found: unknown): Map<string, string[]> {
    const list = z.array(z.unknown()).parse(found);
    const taken = new Map<string, string[]>();
    for (let place = 0; place + 1 < list.length; place += 2) {
      const name = z.string().parse(list[place]);
      const entries = entriesSchema.parse(list[place + 1]);
      const texts = entries.flatMap(([, fields]) => heldInEntry(fields));
      this.#truth.held(name, texts);
      taken.set(name, texts);
    }
    return taken;
  }
}

function open(redisUrl: string): Redis {
  const redis = new Redis(redisUrl, {
    retryStrategy: (times) => Math.min(20 * times, 200),
    // A command whose connection is lost and then given up never settles otherwise.
    commandTimeout: COMMAND_TIMEOUT_MS,
  });
  // A Redis that is killed is expected here.
  redis.on('error', () => undefined);
  return redis;
}

/** Returns every stream of the system as { name, entries, name, entries, … }. KEYS: none. ARGV[1]: pattern of names. */
const READ_ALL = `
local found = {}
for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
  if redis.call('TYPE', key).ok == 'stream' then
    found[#found + 1] = key
    found[#found + 1] = redis.call('XRANGE', key, '-', '+')
  end
end
`;

export const READ_SCRIPT = `${READ_ALL} return found`;

/** One atomic step, so that it empties exactly the entries that it read. */
export const FLUSH_SCRIPT = `${READ_ALL} redis.call('FLUSHALL') return found`;

/** Removes the entries of a stream below an id. KEYS[1]: stream. ARGV[1]: pattern. ARGV[2]: lowest id that stays. */
export const TRIM_SCRIPT = `${READ_ALL} redis.call('XTRIM', KEYS[1], 'MINID', '=', ARGV[2]) return found`;

import { Redis, type Result } from 'ioredis';
import { redisFault } from './redis-fault.ts';

/** Longest time (ms) of a command of the probe. */
const LONGEST_ANSWER_MS = 1_000;
/** Time (seconds) after which the keys of the probe expire. */
const KEPT_SECONDS = 60;
const PREFIX = 'taskwire:{probe}';
const KEYS = {
  meta: `${PREFIX}:meta`,
  log: `${PREFIX}:log`,
  base: `${PREFIX}:base`,
  channel: `${PREFIX}:events`,
};

/**
 * The commands of the append script, on keys of its own that expire.
 *
 * KEYS[1] hash · [2] stream. ARGV[1] channel
 */
const PROBE_SCRIPT = `
local time = redis.call('TIME')
redis.call('HSET', KEYS[1], 'seq', time[1])
redis.call('HMGET', KEYS[1], 'seq', 'ended')
redis.call('XADD', KEYS[2], 'MAXLEN', '~', 1, '*', 'event', '')
redis.call('EXPIRE', KEYS[1], ${KEPT_SECONDS})
redis.call('EXPIRE', KEYS[2], ${KEPT_SECONDS})
redis.call('PUBLISH', ARGV[1], '')
return false
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    taskwireProbe(...keysAndArguments: string[]): Result<unknown, Context>;
  }
}

/** Tries the commands that Taskwire needs on a Redis. Has a connection of its own. */
export class RedisProbe {
  readonly #redis: Redis;
  #connectionError: Error | undefined;
  #checking: Promise<string | undefined> | undefined;

  constructor(redisUrl: string) {
    this.#redis = new Redis(redisUrl, {
      maxRetriesPerRequest: 1,
      connectTimeout: LONGEST_ANSWER_MS,
      commandTimeout: LONGEST_ANSWER_MS,
      retryStrategy: () => LONGEST_ANSWER_MS / 2,
    });
    this.#redis.defineCommand('taskwireProbe', { numberOfKeys: 2, lua: PROBE_SCRIPT });
    this.#redis.on('error', (error: Error) => (this.#connectionError = error));
    this.#redis.on('ready', () => (this.#connectionError = undefined));
  }

  /**
   * Tries them. Callers at the same time share one try.
   * @returns the fault that prevents appends or reads, in words that follow the server's name; undefined if none does.
   * @throws Error if Redis does not answer.
   */
  check(): Promise<string | undefined> {
    this.#checking ??= this.#check().finally(() => (this.#checking = undefined));
    return this.#checking;
  }

  /** Returns a fault that allows writes but will lose data; undefined if there is none, or if it is not known. */
  async warning(): Promise<string | undefined> {
    const memory = await this.#redis.info('memory').catch(() => '');
    const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? 'noeviction';
    if (policy === 'noeviction') return undefined;
    return `may evict logs and jobs: its maxmemory-policy is ${policy} and must be noeviction`;
  }

  close(): void {
    this.#redis.disconnect();
  }

  #commands(): Promise<unknown>[] {
    const { meta, log, base, channel } = KEYS;
    return [
      this.#redis.time(),
      this.#redis.hset(meta, 'seq', 1),
      this.#redis.hmget(meta, 'seq', 'ended'),
      this.#redis.hvals(meta),
      this.#redis.hlen(meta),
      this.#redis.hdel(meta, 'ended'),
      this.#redis.xadd(log, 'MAXLEN', '~', 1, '*', 'event', ''),
      this.#redis.xrange(log, '-', '+', 'COUNT', 1),
      this.#redis.xrevrange(log, '+', '-', 'COUNT', 1),
      this.#redis.xtrim(log, 'MAXLEN', '~', 1),
      this.#redis.set(base, ''),
      this.#redis.get(base),
      this.#redis.exists(base),
      this.#redis.del(base),
      this.#redis.persist(log),
      this.#redis.expire(log, KEPT_SECONDS),
      this.#redis.expire(meta, KEPT_SECONDS),
      this.#redis.publish(channel, ''),
    ];
  }

  async #check(): Promise<string | undefined> {
    try {
      // Each by itself: a refused script does not name the command that it may not run.
      await Promise.all(this.#commands());
      // The first call sends the script's text (EVAL), the second its digest (EVALSHA).
      await this.#redis.taskwireProbe(KEYS.meta, KEYS.log, KEYS.channel);
      await this.#redis.taskwireProbe(KEYS.meta, KEYS.log, KEYS.channel);
      return undefined;
    } catch (error) {
      const fault = redisFault(error) ?? redisFault(this.#connectionError);
      if (fault === undefined) throw error;
      return fault;
    }
  }
}

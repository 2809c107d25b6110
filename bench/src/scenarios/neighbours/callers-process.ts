// A process with a group of callers: each connection sends one request after the other.
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { callersSettingsSchema, type CallersFigures, type CallersReply, type CallersSettings } from './messages.ts';

/** Pause (ms) of a refused caller: the time in Retry-After is longer than a run. */
const REFUSED_PAUSE_MS = 100;

class Tally {
  readonly #took: number[] = [];
  #answered = 0;
  #refused = 0;
  #failed = 0;

  count(status: number, tookMs: number): void {
    if (status === 429) this.#refused += 1;
    else if (status === 200 || status === 207) this.#answered += 1;
    else this.#failed += 1;
    if (status !== 429) this.#took.push(tookMs);
  }

  figures(): CallersFigures {
    const times = this.#took.sort((one, other) => one - other);
    const at = (share: number) => times[Math.ceil(share * times.length) - 1] ?? 0;
    return {
      answered: this.#answered,
      refused: this.#refused,
      failed: this.#failed,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: at(1),
    };
  }
}

function pathOf(calls: number): string {
  const input = { limit: 50 };
  if (calls === 1) return `/trpc/task.list?input=${encodeURIComponent(JSON.stringify(input))}`;
  const names = Array.from({ length: calls }, () => 'task.list').join(',');
  const inputs = Object.fromEntries(Array.from({ length: calls }, (_each, index) => [index, input]));
  return `/trpc/${names}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
}

async function callUntil(deadline: number, line: { pool: Pool; token: string }, { settings, tally }: Group) {
  const { pool, token } = line;
  const path = pathOf(settings.callsPerRequest);
  // Spreads the connections that begin together.
  await delay(Math.random() * settings.pauseMs);
  while (performance.now() < deadline) {
    const begunAt = performance.now();
    const status = await request(pool, path, token);
    tally.count(status, performance.now() - begunAt);
    await delay(status === 200 || status === 207 ? settings.pauseMs : Math.max(REFUSED_PAUSE_MS, settings.pauseMs));
  }
}

async function request(pool: Pool, path: string, token: string): Promise<number> {
  try {
    const { statusCode, body } = await pool.request({
      method: 'GET',
      path,
      headers: { authorization: `Bearer ${token}` },
    });
    await body.dump({ limit: Number.MAX_SAFE_INTEGER });
    return statusCode;
  } catch {
    return 0;
  }
}

interface Group {
  settings: CallersSettings;
  tally: Tally;
}

function openPool({ url, tokens, connections }: CallersSettings): Pool {
  return new Pool(url, { connections: tokens.length * connections, pipelining: 1 });
}

/** Opens all connections before the calls, because a browser's connection is open too. */
async function connect(pool: Pool, { tokens, connections }: CallersSettings): Promise<void> {
  const each = tokens.flatMap((token) => Array.from({ length: connections }, () => token));
  await Promise.all(each.map((token) => request(pool, '/healthz', token)));
}

async function callAll(pool: Pool, settings: CallersSettings): Promise<CallersFigures> {
  const { tokens, connections, seconds } = settings;
  await connect(pool, settings);
  const tally = new Tally();
  const deadline = performance.now() + seconds * 1_000;
  const each = tokens.flatMap((token) => Array.from({ length: connections }, () => ({ pool, token })));
  await Promise.all(each.map((line) => callUntil(deadline, line, { settings, tally })));
  await pool.destroy();
  return tally.figures();
}

function answer(reply: CallersReply): void {
  process.send?.(reply);
}

const settings = callersSettingsSchema.parse(JSON.parse(process.argv[2] ?? 'null'));
process.on('disconnect', () => process.exit());
const pool = openPool(settings);
process.on('message', () => void callAll(pool, settings).then(answer));
answer('ready');

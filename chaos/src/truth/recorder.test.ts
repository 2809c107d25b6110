import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { projectLogName, taskLogName } from './log-names.ts';
import { Recorder } from './recorder.ts';
import { Truth } from './truth.ts';

const LOG = taskLogName('p', 't');
const CHANNEL = 'taskwire:{p}:task:t:events';

let server: TestRedis;
let redis: Redis;
let truth: Truth;
let recorder: Recorder;

function json(seq: number, type = 'log'): string {
  return JSON.stringify({ seq, type });
}

function append(seq: number): Promise<unknown> {
  return redis.xadd(LOG, `${seq}-0`, 'event', json(seq));
}

beforeAll(async () => {
  server = await createTestRedis({ durable: true });
  redis = new Redis(server.redisUrl);
  redis.on('error', () => undefined);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});
beforeEach(async () => {
  await redis.flushall();
  truth = new Truth();
  recorder = new Recorder(server.redisUrl, truth);
});
afterEach(() => recorder.detach());

describe('Recorder', () => {
  it('knows the entries of the logs from before its start', async () => {
    await append(1);
    await recorder.attach();
    expect(truth.log(LOG).seqs).toEqual([1]);
  });

  it('passes over streams that are no logs', async () => {
    await redis.xadd('taskwire:{probe}:log', '*', 'event', '');
    await append(1);
    await recorder.attach();
    expect(truth.logs.map((log) => log.name)).toEqual([LOG]);
  });

  it('records published events even if no log has them any more', async () => {
    await recorder.attach();
    await redis.publish(CHANNEL, `${json(1)}\n${json(2)}`);
    await vi.waitFor(() => expect(truth.log(LOG).seqs).toEqual([1, 2]));
  });

  it('records published events without their signature, as the log has them', async () => {
    await append(1);
    await recorder.attach();
    const signed = (text: string) => `{"mac":"${'0a'.repeat(20)}",${text.slice(1)}`;
    await redis.publish(CHANNEL, `${signed(json(1))}\n${json(2)}`);
    await redis.publish('taskwire:{p}:topic:events', `13\n${signed(json(3))}\n${json(4)}`);
    await vi.waitFor(() => expect(truth.log(projectLogName('p')).seqs).toEqual([13, 14]));
    expect(truth.log(LOG).rewritten.size).toBe(0);
    expect(truth.log(LOG).get(1)).toEqual({ seq: 1, type: 'log' });
    expect(truth.log(projectLogName('p')).get(13)?.['event']).toEqual({ seq: 3, type: 'log' });
  });

  it('reads a topic, whose entries are batches with numbers of their own', async () => {
    const name = projectLogName('p');
    await redis.xadd(name, '12-0', 'first', '11', 'events', `${json(1)}\n${json(2)}`, 'told', '');
    await recorder.attach();
    await redis.publish('taskwire:{p}:topic:events', `13\n${json(3)}`);
    await vi.waitFor(() => expect(truth.log(name).seqs).toEqual([11, 12, 13]));
    expect(truth.log(name).get(12)).toEqual({ type: 'event', seq: 12, event: { seq: 2, type: 'log' } });
  });

  it('has all that Redis held when it empties Redis', async () => {
    await recorder.attach();
    await append(1);
    await append(2);
    await recorder.flush();
    expect(await redis.dbsize()).toBe(0);
    expect(truth.log(LOG).seqs).toEqual([1, 2]);
    expect(truth.log(LOG).lossBefore(3)).toBe(2);
  });

  it('keeps the events that it trims', async () => {
    await recorder.attach();
    for (const seq of [1, 2, 3]) await append(seq);
    await recorder.trim(LOG, 2);
    expect(await redis.xlen(LOG)).toBe(1);
    expect(truth.log(LOG).seqs).toEqual([1, 2, 3]);
  });

  it('finds the same logs after Redis was killed and has read its append-only file', async () => {
    await recorder.attach();
    await append(1);
    recorder.detach();
    await server.kill();
    await server.restart();
    await recorder.attach();
    await redis.publish(CHANNEL, json(2));
    await vi.waitFor(() => expect(truth.log(LOG).seqs).toEqual([1, 2]));
  });

  it('notices when a number is given twice', async () => {
    await recorder.attach();
    await append(1);
    await redis.publish(CHANNEL, json(1, 'progress'));
    await recorder.sweep();
    expect([...truth.log(LOG).rewritten]).toEqual([1]);
  });
});

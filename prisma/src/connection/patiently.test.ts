import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { createDatabase } from './client.ts';
import { connectionFailure } from './connection-failure.ts';
import { patiently } from './patiently.ts';

const failing = (properties: object) => Object.assign(new Error('failed'), properties);
const unreached = failing({ code: 'P1001' });
const lost = failing({ meta: { driverAdapterError: failing({ cause: { kind: 'ConnectionClosed' } }) } });

describe('connectionFailure', () => {
  it('recognises an absence of PostgreSQL at every level, and whether the statement may have run', () => {
    expect(connectionFailure(unreached)).toBe('unreached');
    expect(connectionFailure(new AggregateError([failing({ code: 'ECONNREFUSED' })]))).toBe('unreached');
    expect(connectionFailure(new Error('timeout exceeded when trying to connect'))).toBe('unreached');
    expect(connectionFailure(lost)).toBe('lost');
    expect(connectionFailure(new Error('x', { cause: new Error('Connection terminated unexpectedly') }))).toBe('lost');
    for (const other of [failing({ code: 'P2002' }), failing({ code: '23505' }), 'text', undefined, null]) {
      expect(connectionFailure(other)).toBeUndefined();
    }
  });

  it('handles circular causes', () => {
    const circle = new Error('x');
    circle.cause = circle;
    expect(connectionFailure(circle)).toBeUndefined();
  });
});

describe('patiently', () => {
  it('retries until PostgreSQL is back', async () => {
    const run = vi.fn(() => Promise.resolve('done'));
    run.mockRejectedValueOnce(unreached).mockRejectedValueOnce(lost);
    expect(await patiently(run, { limitMs: 10_000 })).toBe('done');
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('throws other errors at once', async () => {
    const error = failing({ code: 'P2002' });
    const run = vi.fn(() => Promise.reject(error));
    await expect(patiently(run, { limitMs: 10_000 })).rejects.toBe(error);
    expect(run).toHaveBeenCalledOnce();
  });

  it('does not repeat unrepeatable work that may have run', async () => {
    const run = vi.fn(() => Promise.resolve('done'));
    run.mockRejectedValueOnce(unreached).mockRejectedValueOnce(lost);
    await expect(patiently(run, { limitMs: 10_000, isRepeatable: false })).rejects.toBe(lost);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('gives up at its limit, or when its signal aborts', async () => {
    await expect(patiently(() => Promise.reject(unreached), { limitMs: 100 })).rejects.toBe(unreached);
    const controller = new AbortController();
    const run = vi.fn(() => Promise.reject(unreached));
    const trying = patiently(run, { limitMs: 600_000, signal: controller.signal });
    await vi.waitFor(() => expect(run.mock.calls.length).toBeGreaterThan(1));
    controller.abort();
    await expect(trying).rejects.toBe(unreached);
  });
});

describe('a patient client', () => {
  it('waits for an unreachable server, and stops when it is closed', async () => {
    const database = createDatabase({ connectionString: 'postgresql://ada@127.0.0.1:1/none', patienceMs: 600_000 });
    const query = database.project.count();
    const outcome = query.then(
      () => 'answered',
      () => 'given up',
    );
    expect(await Promise.race([outcome, delay(300, 'waiting')])).toBe('waiting');
    await database.$disconnect();
    expect(await outcome).toBe('given up');
  });

  it('throws the error of an impatient client at its limit', async () => {
    const connectionString = 'postgresql://ada@127.0.0.1:1/none';
    for (const patienceMs of [0, 200]) {
      const database = createDatabase({ connectionString, patienceMs });
      await expect(database.project.count()).rejects.toSatisfy((error) => connectionFailure(error) === 'unreached');
      await database.$disconnect();
    }
  });
});

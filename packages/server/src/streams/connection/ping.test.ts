import { setImmediate as nextTurn } from 'node:timers/promises';
import { TaskwireError } from '@taskwire/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Chunk } from '../formats/chunk.ts';
import { Connection, type ConnectionDependencies } from './connection.ts';
import { StreamStatistics } from '../statistics.ts';
import { Peer } from './testing/peer.ts';
import { trpcFormat } from '../formats/trpc-format.ts';
import { UserByteCount } from './user-byte-counts.ts';

const STALL_MS = 1_000;
const LIFETIME_MS = 100_000;
const LIMITS = { bufferBytes: 64 * 1_024, stallMs: STALL_MS, lifetimeMs: LIFETIME_MS };
const PING = trpcFormat.ping.framed.toString();
const EVENT = Chunk.of('data: an event\n\n');

let peer: Peer;
let statistics: StreamStatistics;
let userBytes: UserByteCount;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  peer = new Peer();
  statistics = new StreamStatistics();
  userBytes = new UserByteCount(1_024);
});
afterEach(() => {
  peer.destroy();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A connection whose head the peer has taken, if it has begun. */
async function open(refuse?: ConnectionDependencies['refuse']): Promise<Connection> {
  const dependencies = { limits: LIMITS, statistics, userBytes, format: trpcFormat, refuse };
  const connection = new Connection({ response: peer.response, socket: peer }, dependencies);
  await nextTurn();
  return connection;
}

/** Lets time pass, and visits the connection then. */
async function pingAfter(connection: Connection, milliseconds: number): Promise<void> {
  vi.advanceTimersByTime(milliseconds);
  connection.ping({ now: Date.now(), stallMs: STALL_MS });
  await nextTurn();
}

const pings = () => peer.text.split(PING).length - 1;

describe('a ping', () => {
  it('is sent at each visit, whether or not events flow', async () => {
    const connection = await open();
    for (let visit = 1; visit <= 3; visit += 1) {
      connection.write(EVENT);
      await nextTurn();
      await pingAfter(connection, 100);
      expect(pings()).toBe(visit);
    }
  });

  it('is not sent before the answer has begun', async () => {
    const refuse = vi.fn();
    const connection = await open(refuse);
    await pingAfter(connection, 100);
    expect(peer.writes).toEqual([]);
    const forbidden = new TaskwireError('NOT_FOUND', 'no such task');
    connection.fail(forbidden, 'text');
    expect(refuse).toHaveBeenCalledExactlyOnceWith(forbidden);
  });

  it('is sent after an answer has begun without a message', async () => {
    const connection = await open(vi.fn());
    await pingAfter(connection, 1_000);
    expect(pings()).toBe(1);
  });

  it('is not queued for a client that does not read', async () => {
    const connection = await open();
    peer.stall();
    connection.write(EVENT);
    const waiting = peer.waitingBytes;
    for (let visit = 0; visit < 5; visit += 1) await pingAfter(connection, 100);
    expect(peer.waitingBytes).toBe(waiting);
  });
});

describe('a client that takes nothing', () => {
  it('is cut off after the stall time, also while events flow', async () => {
    const connection = await open();
    peer.stall();
    for (let visit = 0; visit < 9; visit += 1) {
      connection.write(EVENT);
      await pingAfter(connection, STALL_MS / 10);
    }
    expect(peer.destroyed).toBe(false);
    await pingAfter(connection, STALL_MS / 10);
    expect(peer.destroyed).toBe(true);
    expect(connection.isOver).toBe(true);
    expect(statistics.cut).toEqual({ stalled: 1, lifetime: 0, expired: 0 });
  });

  it('is not cut off while it takes bytes slowly', async () => {
    const connection = await open();
    peer.stall();
    connection.write(EVENT);
    for (let visit = 0; visit < 20; visit += 1) {
      connection.write(EVENT);
      await pingAfter(connection, STALL_MS * 0.9);
      peer.takeNext(1);
    }
    expect(peer.waitingBytes).toBeGreaterThan(0);
    expect(peer.destroyed).toBe(false);
    expect(statistics.cut.stalled).toBe(0);
  });

  it('is not cut off right after it took the last message of an ended stream', async () => {
    const connection = await open();
    peer.stall();
    connection.write(EVENT);
    connection.end('');
    await pingAfter(connection, STALL_MS - 1);
    peer.takeNext(1);
    expect(peer.waitingBytes).toBeGreaterThan(0);
    await pingAfter(connection, 1);
    expect(peer.destroyed).toBe(false);
    await pingAfter(connection, STALL_MS);
    expect(peer.destroyed).toBe(true);
  });

  it('is not cut off when nothing was sent for long', async () => {
    const connection = await open();
    await pingAfter(connection, STALL_MS * 5);
    peer.stall();
    connection.write(EVENT);
    await pingAfter(connection, STALL_MS / 2);
    expect(peer.destroyed).toBe(false);
  });
});

describe('a refused client that takes nothing of its answer', () => {
  it('is cut off after the stall time, counted from the refusal', async () => {
    const connection = await open(() => peer.response.writeHead(404).end('no such task'));
    peer.stall();
    connection.fail(new TaskwireError('NOT_FOUND', 'no such task'), 'text');
    await pingAfter(connection, STALL_MS - 1);
    expect(peer.destroyed).toBe(false);
    expect(statistics.cut.stalled).toBe(0);
    await pingAfter(connection, 1);
    expect(peer.destroyed).toBe(true);
    expect(statistics.cut.stalled).toBe(1);
  });
});

describe('a stream at the end of its lifetime', () => {
  it.each([
    { chance: 0, share: 1 },
    { chance: 0.999_999, share: 0.9 },
  ])('is ended after $share of it when chance gives $chance', async ({ chance, share }) => {
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    const connection = await open();
    await pingAfter(connection, LIFETIME_MS * share - 100);
    expect(connection.isOver).toBe(false);
    await pingAfter(connection, 101);
    expect(connection.isOver).toBe(true);
    expect(peer.text).toMatch(/\r\n0\r\n\r\n$/);
    expect(statistics.cut).toEqual({ stalled: 0, lifetime: 1, expired: 0 });
  });

  it('sends its client away to come back at a time of its own', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    await open();
    expect(peer.text).toContain('retry: 2000\n\n');
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from './connection.ts';
import { KeepAlive } from './keep-alive.ts';
import { StreamStatistics } from '../statistics.ts';
import { Peer } from './testing/peer.ts';
import { trpcFormat } from '../formats/trpc-format.ts';
import { UserByteCount } from './user-byte-counts.ts';

const EVERY_MS = 15_000;

const peers: Peer[] = [];
let keepAlive: KeepAlive;
beforeEach(() => {
  vi.useFakeTimers();
  keepAlive = new KeepAlive({ everyMs: EVERY_MS, stallMs: 60_000 });
});
afterEach(() => {
  keepAlive.stop();
  for (const peer of peers.splice(0)) peer.destroy();
  vi.useRealTimers();
});

function createConnection(): { connection: Connection; pings: () => number } {
  const peer = new Peer();
  peers.push(peer);
  const limits = { bufferBytes: 1, stallMs: 60_000, lifetimeMs: 3_600_000 };
  const dependencies = {
    limits,
    statistics: new StreamStatistics(),
    userBytes: new UserByteCount(1_024),
    format: trpcFormat,
    refuse: undefined,
  };
  const connection = new Connection({ response: peer.response, socket: peer }, dependencies);
  const ping = vi.spyOn(connection, 'ping');
  return { connection, pings: () => ping.mock.calls.length };
}

describe('KeepAlive', () => {
  it('visits every connection once a period, however many there are', () => {
    const connections = Array.from({ length: 150 }, createConnection);
    for (const { connection } of connections) keepAlive.add(connection);
    for (let period = 1; period <= 3; period += 1) {
      vi.advanceTimersByTime(EVERY_MS);
      expect(connections.map(({ pings }) => pings())).toEqual(connections.map(() => period));
    }
  });

  it('spreads its visits over the period', () => {
    const connections = Array.from({ length: 120 }, createConnection);
    for (const { connection } of connections) keepAlive.add(connection);
    const visited = () => connections.reduce((sum, { pings }) => sum + pings(), 0);
    vi.advanceTimersByTime(EVERY_MS / 2);
    expect(visited()).toBe(60);
  });

  it('does not visit a removed connection', () => {
    const { connection, pings } = createConnection();
    const forget = keepAlive.add(connection);
    vi.advanceTimersByTime(EVERY_MS);
    forget();
    vi.advanceTimersByTime(EVERY_MS * 2);
    expect(pings()).toBe(1);
  });

  it('visits no connection after it is stopped, and leaves no timer behind', () => {
    const { connection, pings } = createConnection();
    keepAlive.add(connection);
    keepAlive.stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(EVERY_MS * 2);
    expect(pings()).toBe(0);
  });
});

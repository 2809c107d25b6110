import { setImmediate as nextTurn } from 'node:timers/promises';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sseFormat } from '../formats/sse-format.ts';
import { StreamStatistics } from '../statistics.ts';
import { Connection } from './connection.ts';
import { Peer } from './testing/peer.ts';
import { UserByteCount } from './user-byte-counts.ts';

const MOST_BYTES = 1_024;
const LIMITS = { bufferBytes: 64 * 1_024, stallMs: 60_000, lifetimeMs: 3_600_000 };

let userBytes: UserByteCount;
const peers: Peer[] = [];
beforeEach(() => {
  userBytes = new UserByteCount(MOST_BYTES);
  userBytes.add(MOST_BYTES);
});
afterEach(() => {
  for (const peer of peers.splice(0)) peer.destroy();
});

/** A stream that waits until its user has room. */
function openBlocked() {
  const peer = new Peer();
  peers.push(peer);
  const dependencies = { limits: LIMITS, statistics: new StreamStatistics(), userBytes, format: sseFormat };
  const connection = new Connection({ response: peer.response, socket: peer }, { ...dependencies, refuse: undefined });
  const writable = vi.fn();
  const wait = async () => {
    while (!connection.isWritable) await connection.untilWritable();
  };
  void wait().then(writable);
  return { peer, connection, writable };
}

it('streams whose clients have left take no turn of a stream that waits', async () => {
  const left = Array.from({ length: 10 }, openBlocked);
  const waiting = openBlocked();
  for (const { peer } of left) peer.destroy();
  await eventually(() => left.forEach(({ writable }) => expect(writable).toHaveBeenCalled()));
  expect(waiting.writable).not.toHaveBeenCalled();
  userBytes.remove(MOST_BYTES);
  await nextTurn();
  expect(waiting.writable).toHaveBeenCalledTimes(1);
});

it('no stream counts as blocked once the clients of all blocked ones have left', async () => {
  const left = [openBlocked(), openBlocked()];
  expect(userBytes.hasBlockedStreams).toBe(true);
  for (const { peer } of left) peer.destroy();
  await eventually(() => left.forEach(({ writable }) => expect(writable).toHaveBeenCalled()));
  expect(userBytes.hasBlockedStreams).toBe(false);
});

it('a stream that takes pings while it waits takes one turn', async () => {
  const pinged = openBlocked();
  for (let count = 0; count < 10; count += 1) {
    pinged.connection.ping({ now: Date.now(), stallMs: LIMITS.stallMs });
    await nextTurn();
  }
  const waiting = openBlocked();
  userBytes.remove(MOST_BYTES);
  await nextTurn();
  expect(waiting.writable).toHaveBeenCalledTimes(1);
});

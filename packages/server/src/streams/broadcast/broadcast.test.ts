import { setImmediate as nextTurn } from 'node:timers/promises';
import { TaskwireError } from '@taskwire/protocol';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../connection/connection.ts';
import { EncodingBudget } from './encoding-budget.ts';
import { sseFormat } from '../formats/sse-format.ts';
import { Broadcasts } from './broadcasts.ts';
import { StreamStatistics } from '../statistics.ts';
import { MemoryLog, type Modulus, type SizedEvent } from './testing/memory-log.ts';
import { Peer } from '../connection/testing/peer.ts';
import { UserByteCount } from '../connection/user-byte-counts.ts';

const BUFFER_BYTES = 16 * 1_024;
/** Largest piece (bytes) for a connection that catches up, and a little for framing. */
const PIECE_BYTES = 65 * 1_024;
const USER_BYTES = 1_024 * 1_024;
const LIMITS = { bufferBytes: BUFFER_BYTES, stallMs: 60_000, lifetimeMs: 3_600_000 };

let log: MemoryLog;
let statistics: StreamStatistics;
let broadcasts: Broadcasts<SizedEvent, Modulus>;
let userBytes: UserByteCount;
const peers: Peer[] = [];
const encode = vi.fn(({ seq, size }: SizedEvent) => `id: ${seq}\ndata: ${'x'.repeat(size)}\n\n`);
const onFailure = vi.fn();

beforeEach(() => {
  log = new MemoryLog();
  statistics = new StreamStatistics();
  broadcasts = new Broadcasts<SizedEvent, Modulus>({ statistics, budget: new EncodingBudget() });
  userBytes = new UserByteCount(USER_BYTES);
  encode.mockClear();
  onFailure.mockClear();
});
afterEach(() => {
  for (const peer of peers.splice(0)) peer.destroy();
});

function join(filter?: Modulus): Peer {
  const peer = new Peer();
  peers.push(peer);
  const dependencies = { limits: LIMITS, statistics, userBytes, format: sseFormat, refuse: undefined };
  const connection = new Connection({ response: peer.response, socket: peer }, dependencies);
  const encoder = { name: 'test', encode, ended: '', failed: (error: unknown) => `: ${String(error)}\n\n` };
  broadcasts
    .broadcast('one', { encoder, watch: log.watch, onFailure })
    .join(connection, { cursor: undefined, filter, filterKey: String(filter ?? '') });
  return peer;
}

const idsOf = ({ text }: Peer) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const deliveredUpTo = (last: number, ...peers: Peer[]) =>
  eventually(() => peers.forEach((peer) => expect(idsOf(peer)).toEqual(upTo(last))));

/** Connections that have all got the first event. */
async function joinTogether(count: number): Promise<[Peer, ...Peer[]]> {
  log.append();
  const [first, ...others] = [join(), ...Array.from({ length: count - 1 }, () => join())] as const;
  await deliveredUpTo(1, first, ...others);
  // A watcher that has caught up joins the others with the leader's next step.
  log.append();
  await deliveredUpTo(2, first, ...others);
  return [first, ...others];
}

describe('a broadcast', () => {
  it('encodes an event once, and writes the same memory to every watcher', async () => {
    const [first, ...others] = await joinTogether(100);
    encode.mockClear();
    statistics.deliveries = 0;
    const before = statistics.encodings;
    log.append();
    await deliveredUpTo(3, first, ...others);
    expect(encode).toHaveBeenCalledTimes(1);
    expect(statistics.encodings - before).toBe(1);
    expect(statistics.deliveries).toBe(100);
    const last = first.writes.at(-1);
    for (const { writes } of others) expect(writes.at(-1)).toBe(last);
  });

  it('encodes nothing again for a later connection', async () => {
    await joinTogether(3);
    encode.mockClear();
    await deliveredUpTo(2, join(), join());
    expect(encode).not.toHaveBeenCalled();
  });

  it('joins events in quick succession into far fewer writes, and loses none', async () => {
    const [watcher] = await joinTogether(1);
    const before = watcher.writes.length;
    for (let count = 0; count < 500; count += 1) {
      log.append();
      await nextTurn();
    }
    await deliveredUpTo(502, watcher);
    expect(watcher.writes.length - before).toBeLessThan(250);
  });

  it('neither delays others nor fills memory for a client that reads nothing', async () => {
    const [fast, slow] = await joinTogether(2);
    slow?.stall();
    for (let seq = 12; seq <= 302; seq += 10) {
      for (let count = 0; count < 10; count += 1) log.append(4 * 1_024);
      await deliveredUpTo(seq, fast);
      expect(slow?.waitingBytes).toBeLessThanOrEqual(BUFFER_BYTES + PIECE_BYTES);
    }
    expect(statistics.lagging).toBe(1);
    expect(statistics.broadcasts).toBe(1);
  });

  it('gives a client that reads again every event once, in order, and then its group', async () => {
    const [fast, slow] = await joinTogether(2);
    if (slow === undefined) throw new Error('there is no second');
    slow.stall();
    for (let seq = 3; seq <= 300; seq += 1) log.append(4 * 1_024);
    await deliveredUpTo(300, fast);
    await eventually(() => expect(statistics.lagging).toBe(1));
    slow.readOn();
    await deliveredUpTo(300, slow);
    expect(statistics.lagging).toBe(0);
    log.append();
    await deliveredUpTo(301, slow, fast);
    encode.mockClear();
    log.append();
    await deliveredUpTo(302, slow, fast);
    expect(encode).toHaveBeenCalledTimes(1);
    expect(slow.writes.at(-1)).toBe(fast.writes.at(-1));
  });

  it('gives a connection that catches up the next piece once the last is taken', async () => {
    for (let seq = 1; seq <= 200; seq += 1) log.append(4 * 1_024);
    const slow = join();
    slow.stall();
    let most = 0;
    await eventually(() => {
      most = Math.max(most, slow.waitingBytes);
      slow.takeNext(1);
      expect(idsOf(slow)).toEqual(upTo(200));
    });
    expect(most).toBeLessThanOrEqual(BUFFER_BYTES + PIECE_BYTES);
  });

  it('reports a failure once, and to every connection', async () => {
    const watchers = await joinTogether(3);
    log.fail(new TaskwireError('SERVICE_UNAVAILABLE', 'restarting'));
    for (const { text } of await eventually(() => over(watchers)))
      expect(text).toContain('restarting\n\n\r\n0\r\n\r\n');
    expect(onFailure).toHaveBeenCalledTimes(1);
  });

  it('releases the log when its last connection leaves; the next connection makes another broadcast', async () => {
    const [first, second] = await joinTogether(2);
    first.destroy();
    await nextTurn();
    expect(log.release).not.toHaveBeenCalled();
    second?.destroy();
    await eventually(() => expect(log.release).toHaveBeenCalledTimes(1));
    expect(statistics.broadcasts).toBe(0);
    await deliveredUpTo(2, join());
    expect(statistics.broadcasts).toBe(1);
  });
});

describe('a broadcast whose connections have filters', () => {
  const multiples = (of: number, last: number) => upTo(last).filter((seq) => seq % of === 0);

  /** Watchers with those filters, each of whom is with the others. */
  async function joinFiltered(filters: readonly Modulus[]): Promise<Peer[]> {
    const peers = filters.map((filter) => join(filter));
    for (let count = 0; count < 12; count += 1) log.append();
    await eventually(() => peers.forEach((peer, at) => expect(idsOf(peer)).toEqual(multiples(filters[at] ?? 1, 12))));
    // A watcher that has caught up joins the others with the leader's next step.
    log.append();
    await nextTurn();
    return peers;
  }

  it('gives each connection the events of its filter, and encodes an event once', async () => {
    const filters = [1, 2, 3, 4, 6];
    const peers = await joinFiltered(filters);
    encode.mockClear();
    for (let count = 0; count < 11; count += 1) log.append();
    await eventually(() => peers.forEach((peer, at) => expect(idsOf(peer)).toEqual(multiples(filters[at] ?? 1, 24))));
    const encoded = encode.mock.calls.map(([{ seq }]) => seq);
    expect(encoded).toHaveLength(new Set(encoded).size);
    expect(statistics.broadcasts).toBe(1);
  });

  it('writes the same memory to connections whose filters let the same events through', async () => {
    const [two, four] = await joinFiltered([2, 4]);
    log.append();
    await eventually(() => expect(two?.text).toContain('id: 14'));
    log.append();
    log.append();
    await eventually(() => expect(two?.text).toContain('id: 16'));
    expect(four?.writes.at(-1)).toBe(two?.writes.at(-1));
  });

  it('does not encode an event that no filter lets through', async () => {
    await joinFiltered([5, 7]);
    encode.mockClear();
    log.append(); // 14
    log.append(); // 15
    log.append();
    await eventually(() => expect(encode).toHaveBeenCalledTimes(2));
    expect(encode.mock.calls.map(([{ seq }]) => seq).sort()).toEqual([14, 15]);
  });

  it('gives a slow connection with a filter every event once, in order, and then its group', async () => {
    const [fast, slow] = await joinFiltered([2, 2]);
    if (fast === undefined || slow === undefined) throw new Error('there are no two');
    slow.stall();
    while (log.last < 300) {
      log.append(4 * 1_024);
      await nextTurn();
    }
    await eventually(() => expect(idsOf(fast)).toEqual(multiples(2, 300)));
    expect(slow.waitingBytes).toBeLessThanOrEqual(BUFFER_BYTES + PIECE_BYTES);
    slow.readOn();
    await eventually(() => expect(idsOf(slow)).toEqual(multiples(2, 300)));
    log.append();
    log.append();
    await eventually(() => expect(slow.writes.at(-1)).toBe(fast.writes.at(-1)));
  });
});

describe('the streams of one user', () => {
  const waitingBytes = (peers: readonly Peer[]) => peers.reduce((sum, peer) => sum + peer.waitingBytes, 0);

  it('hold at most the bytes that the user may have, and one message', async () => {
    userBytes = new UserByteCount(64 * 1_024);
    const peers = await joinTogether(50);
    for (const peer of peers) peer.stall();
    for (let seq = 3; seq <= 100; seq += 1) {
      log.append(4 * 1_024);
      await nextTurn();
    }
    await eventually(() => expect(waitingBytes(peers)).toBeGreaterThan(60 * 1_024));
    for (let turn = 0; turn < 50; turn += 1) await nextTurn();
    expect(waitingBytes(peers)).toBeLessThanOrEqual(64 * 1_024 + PIECE_BYTES);
    expect(statistics.waitingBytes).toBe(waitingBytes(peers));
    for (const peer of peers) peer.readOn();
    await deliveredUpTo(100, ...peers);
    expect(statistics.lagging).toBe(0);
  });

  it('get room that streams before them in the line do not need', async () => {
    userBytes = new UserByteCount(8 * 1_024);
    const [lagging] = await joinTogether(1);
    userBytes.add(8 * 1_024);
    for (let count = 0; count < 10; count += 1) join(1_000);
    await eventually(() => expect(statistics.lagging).toBe(10));
    log.append();
    await eventually(() => expect(statistics.lagging).toBe(11));
    userBytes.remove(8 * 1_024);
    await deliveredUpTo(3, lagging);
    expect(statistics.lagging).toBe(0);
  });

  it('go on once the stalled ones have left', async () => {
    userBytes = new UserByteCount(8 * 1_024);
    const [stalled, ...others] = await joinTogether(4);
    stalled.stall();
    log.append(16 * 1_024);
    await eventually(() => expect(stalled.waitingBytes).toBeGreaterThan(8 * 1_024));
    log.append();
    await eventually(() => expect(userBytes.hasBlockedStreams).toBe(true));
    stalled.destroy();
    stalled.readOn();
    await deliveredUpTo(4, ...others);
  });
});

function over(watchers: readonly Peer[]): readonly Peer[] {
  for (const { text } of watchers) expect(text).toMatch(/\r\n0\r\n\r\n$/);
  return watchers;
}

// A process that watches a stream with many connections, and reports their events.
import { setTimeout as delay } from 'node:timers/promises';
import { loadOrderSchema, type Collected, type LoadOrder, type LoadReply } from './load-messages.ts';
import { StampCounter } from './stamp-counter.ts';
import type { WatchAddress } from './watch-address.ts';
import { Watchers } from './watchers.ts';

const LOOK_MS = 5;

let opened: Watchers[] = [];
let counter = new StampCounter(0);
let expected = 0;
let watching = 0;
let bytes = 0;

function arrived(): number {
  return counter.tally.delivered + counter.tally.merged;
}

async function open(address: WatchAddress, watchers: number, reading: boolean): Promise<void> {
  if (reading) {
    counter = new StampCounter(watchers);
    watching = watchers;
  }
  const mine = counter;
  const read = (watcher: number, chunk: Buffer, now: number) => {
    bytes += chunk.length;
    mine.read(watcher, chunk, now);
  };
  const receive = reading ? read : () => undefined;
  const those = new Watchers({ address, watchers, receive, reading });
  opened.push(those);
  await those.open();
}

async function collect(quietMs: number, boundMs: number): Promise<Collected> {
  const bound = performance.now() + boundMs;
  let before = arrived();
  let quietSince = performance.now();
  while (arrived() < expected && performance.now() < Math.min(bound, quietSince + quietMs)) {
    await delay(LOOK_MS);
    if (arrived() === before) continue;
    before = arrived();
    quietSince = performance.now();
  }
  const ages = counter.ages();
  const ageAt = (share: number) => ages[Math.ceil(share * ages.length) - 1] ?? 0;
  const cut = opened.reduce((sum, those) => sum + those.cut, 0);
  return { ...counter.tally, bytes, cut, p50Ms: ageAt(0.5), p99Ms: ageAt(0.99) };
}

async function close(): Promise<void> {
  const those = opened;
  opened = [];
  await Promise.all(those.map((each) => each.close()));
}

async function obey(order: LoadOrder): Promise<LoadReply> {
  switch (order.order) {
    case 'open':
      await open(order.address, order.watchers, true);
      break;
    case 'stall':
      await open(order.address, order.watchers, false);
      break;
    case 'look':
      return { reply: 'looked', reached: counter.reached };
    case 'begin':
      counter.begin(order.first, order.count);
      bytes = 0;
      expected = watching * order.count;
      break;
    case 'collect':
      return { reply: 'collected', ...(await collect(order.quietMs, order.boundMs)) };
    case 'close':
      await close();
      break;
  }
  return { reply: 'done' };
}

function answer(reply: LoadReply): void {
  process.send?.(reply);
}

process.on('disconnect', () => process.exit());
process.on('message', (raw) => {
  obey(loadOrderSchema.parse(raw)).then(answer, (error: unknown) => answer({ reply: 'failed', reason: String(error) }));
});
answer({ reply: 'done' });

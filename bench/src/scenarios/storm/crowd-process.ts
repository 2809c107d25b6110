// A process that holds all watchers of a storm, and counts the events of each.
import { setTimeout as delay } from 'node:timers/promises';
import { crowdOrderSchema, crowdSettingsSchema, type CrowdOrder, type CrowdReply } from './messages.ts';
import { StormWatcher } from './storm-watcher.ts';

const LOOK_EVERY_MS = 10;

const settings = crowdSettingsSchema.parse(JSON.parse(process.argv[2] ?? 'null'));
const watchers = Array.from({ length: settings.watchers }, () => new StormWatcher(settings));

function arrived(seq: number): number {
  return watchers.filter(({ ledger }) => (ledger.last ?? -1) >= seq).length;
}

function count(seq: number, begunAt: number): CrowdReply {
  const sum = (figure: (watcher: StormWatcher) => number) => watchers.reduce((all, each) => all + figure(each), 0);
  return {
    arrived: arrived(seq),
    behind: behind(seq),
    tookMs: performance.now() - begunAt,
    received: sum(({ ledger }) => ledger.received),
    lost: sum(({ ledger }) => ledger.lost),
    reported: sum(({ ledger }) => ledger.reported),
    duplicates: sum(({ ledger }) => ledger.duplicates),
    failures: sum(({ ledger }) => ledger.failures),
    refused: sum((watcher) => watcher.refused),
    rejected: sum((watcher) => watcher.rejected),
  };
}

function hold(): void {
  for (const watcher of watchers) watcher.isHeld = true;
}

function letCome(spreadMs: number): void {
  for (const watcher of watchers) {
    watcher.isHeld = false;
    watcher.come(Math.random() * spreadMs);
  }
}

/** Number of events between the watchers and a seq, over all watchers. */
function behind(seq: number): number {
  return watchers.reduce((sum, { ledger }) => sum + Math.max(0, seq - (ledger.last ?? 0)), 0);
}

async function obey(order: CrowdOrder): Promise<CrowdReply> {
  const begunAt = performance.now();
  switch (order.order) {
    case 'await':
      while (arrived(order.seq) < watchers.length && performance.now() - begunAt < order.withinMs) {
        await delay(LOOK_EVERY_MS);
      }
      return count(order.seq, begunAt);
    case 'return':
      letCome(order.spreadMs);
      return count(0, begunAt);
    case 'hold':
      hold();
      return count(0, begunAt);
  }
}

process.on('disconnect', () => process.exit());
process.on('message', (raw) => {
  void obey(crowdOrderSchema.parse(raw)).then((reply) => process.send?.(reply));
});
process.send?.(count(0, performance.now()));

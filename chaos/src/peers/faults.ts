import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { Bout, FaultName } from './contestant.ts';
import { waitFor } from './child-program.ts';

/** When things happen in a round. The same for every contestant. */
export interface Timing {
  /** Number of the watcher's events when the fault begins. */
  after: number;
  /** Duration (ms) of an absence. */
  awayMs: number;
  /** Time (ms) from the begin of the absence to a death. */
  deathMs: number;
  /** Time (ms) that the watcher misses events before the log is trimmed. */
  beforeTrimMs: number;
}

export function planTiming(random: Random): Timing {
  return {
    after: random.int(40, 90),
    awayMs: random.int(200, 1_500),
    deathMs: random.int(50, 400),
    beforeTrimMs: random.int(2_500, 3_000),
  };
}

async function away(bout: Bout, during: () => Promise<void>): Promise<void> {
  bout.cut();
  await during();
  bout.restore();
}

async function killAndReplaceProducer(bout: Bout, { awayMs }: Timing): Promise<void> {
  await bout.killProducer();
  await delay(awayMs);
  await bout.replaceProducer();
}

async function restartServer(bout: Bout, timing: Timing, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  await bout.stopServer(signal);
  await delay(timing.awayMs);
  await bout.startServer();
}

const inflict: Record<FaultName, (bout: Bout, timing: Timing) => Promise<void>> = {
  disconnected: (bout, { awayMs }) => away(bout, () => delay(awayMs)),
  'trimmed-while-away': (bout, { beforeTrimMs }) =>
    away(bout, async () => {
      await delay(beforeTrimMs);
      await bout.trim();
    }),
  'trimmed-and-restarted': (bout, { beforeTrimMs }) =>
    away(bout, async () => {
      await delay(beforeTrimMs);
      await bout.stopServer('SIGTERM');
      await bout.trim();
      await bout.startServer();
    }),
  'producer-killed': killAndReplaceProducer,
  'producer-killed-while-away': (bout, timing) =>
    away(bout, async () => {
      await delay(timing.deathMs);
      await killAndReplaceProducer(bout, timing);
    }),
  'server-restarted': (bout, timing) => restartServer(bout, timing, 'SIGTERM'),
  'server-killed': (bout, timing) => restartServer(bout, timing, 'SIGKILL'),
};

/** Lets a fault happen, once the watcher has had its first events, and sees to it that it is over. */
export async function inflictFault(bout: Bout, fault: FaultName, timing: Timing): Promise<void> {
  await waitFor(`the watcher has ${timing.after} events`, () => bout.record.events >= timing.after);
  await inflict[fault](bout, timing);
}

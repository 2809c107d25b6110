import { Load } from '../load/load.ts';
import type { RunningPeer, Topic } from '../peers/peer.ts';
import { setTimeout as delay } from 'node:timers/promises';
import type { PublishRequest } from '../taskwire/publisher.ts';

/** Gives a new topic of a peer and a load to watch it, and ends both afterwards, whatever happens. */
export async function withTopic<Result>(
  peer: RunningPeer,
  work: (topic: Topic, load: Load) => Promise<Result>,
): Promise<Result> {
  const topic = await peer.openTopic();
  try {
    const load = await Load.start();
    try {
      return await work(topic, load);
    } finally {
      await load.stop();
    }
  } finally {
    await topic.close();
  }
}

const REACH_TIMEOUT_MS = 60_000;
const REACH_EVERY_MS = 100;

interface Reached {
  watchers: number;
  type: PublishRequest['type'];
}

/**
 * Publishes until every watcher has an event: a watcher with an answer may not be subscribed yet.
 * @returns how many events that took.
 */
export async function reachAll(
  { topic, load }: { topic: Topic; load: Load },
  { watchers, type }: Reached,
): Promise<number> {
  const deadline = performance.now() + REACH_TIMEOUT_MS;
  for (let published = 1; ; published += 1) {
    await topic.publish({ type, rate: 1, count: 1 });
    await delay(REACH_EVERY_MS);
    const reached = await load.reached();
    if (reached === watchers) return published;
    if (performance.now() > deadline) throw new Error(`only ${reached} of ${watchers} watchers got any event`);
  }
}

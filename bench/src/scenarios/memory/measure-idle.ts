import type { RunningPeer } from '../../peers/peer.ts';
import { withTopic } from '../with-topic.ts';
import { settledResident } from './settled-resident.ts';

/** How many connections are opened and closed before: what the first ones cost is not the price of one more. */
const WARM_UP_WATCHERS = 100;

/** What a watcher of a stream in which nothing happens costs in resident memory (KiB). */
export function measureIdle(peer: RunningPeer, watchers: number) {
  return withTopic(peer, async (topic, load) => {
    await load.open(topic.address, Math.min(WARM_UP_WATCHERS, watchers));
    await load.close();
    const beforeKib = await settledResident(peer.serverPids());
    await load.open(topic.address, watchers);
    const afterKib = await settledResident(peer.serverPids());
    return { beforeKib, afterKib, kibPerConnection: (afterKib - beforeKib) / watchers };
  });
}

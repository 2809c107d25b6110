import type { RunningPeer } from '../../peers/peer.ts';
import { withTopic } from '../with-topic.ts';
import { settledResident } from './settled-resident.ts';

/** Number of connections that are opened and closed first: the first ones cost more than later ones. */
const WARM_UP_WATCHERS = 100;

/** Cost of a watcher of an idle stream in resident memory (KiB). */
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

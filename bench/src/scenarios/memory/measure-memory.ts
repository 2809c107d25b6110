import type { Load } from '../../load/load.ts';
import type { RunningPeer, Topic } from '../../peers/peer.ts';
import { reachAll, withTopic } from '../with-topic.ts';
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

/** Some 20 MB as the watchers get them: more than the kernel's buffers of a connection hold. */
const EVENTS = 16_000;
const MESSAGE_LENGTH = 1_000;
/** A second: all are through before a watcher that takes nothing is cut, and few enough that they are not merged. */
const RATE = 800;
const REST = { boundMs: 60_000, quietMs: 10_000 };

/**
 * Measures the cost of watchers that take nothing, while many events flow to one that reads. The cost is the growth of the
 * server's resident memory since the same number of events flowed without those watchers.
 */
export function measureStalled(peer: RunningPeer, watchers: number) {
  return withTopic(peer, async (topic, load) => {
    const [server] = peer.serverPids();
    const processIds = server === undefined ? [] : [server];
    await load.open(topic.address, 1);
    const reachedBy = await reachAll({ topic, load }, { watchers: 1, type: 'progress' });
    await flow({ topic, load, first: reachedBy + 1 });
    const beforeKib = await settledResident(processIds);
    await load.stall(topic.address, watchers);
    const beside = await flow({ topic, load, first: reachedBy + EVENTS + 1 });
    const afterKib = await settledResident(processIds);
    return {
      delivered: beside.delivered,
      lost: EVENTS - beside.delivered - beside.merged,
      merged: beside.merged,
      flowedKib: beside.bytes / 1_024,
      beforeKib,
      afterKib,
      kibPerConnection: (afterKib - beforeKib) / watchers,
    };
  });
}

/** Lets the events flow to the watcher that reads. @returns its events. */
async function flow({ topic, load, first }: { topic: Topic; load: Load; first: number }) {
  await load.begin(first, EVENTS);
  await topic.publish({ type: 'progress', rate: RATE, count: EVENTS, messageLength: MESSAGE_LENGTH });
  return load.collect(REST);
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Load } from '../load/load.ts';
import { processorMicros } from '../measure/usage.ts';
import type { RunningPeer, Topic } from '../peers/peer.ts';
import { stoppable } from '../stoppable.ts';
import { reachAll, withTopic } from './with-topic.ts';
import type { PublishRequest } from '../taskwire/publisher.ts';

/** Longest waits (ms) for the rest after the last publish: altogether, and since the last delivery. */
const REST = { boundMs: 60_000, quietMs: 10_000 };
/** Warm-up (s): a freshly started server is not measured. */
const WARM_UP_SECONDS = 3;
/** Pause (ms) after the warm-up. */
const SETTLE_MS = 500;

export interface Part {
  /** Tells parts of one scenario apart. */
  part?: string;
  watchers: number;
  rate: number;
  type: PublishRequest['type'];
  seconds: number;
}

/** The results; a type alias, so that it fits a measurement's index signature. */
export type PartFigures = {
  part?: string;
  watchers: number;
  rate: number;
  type: PublishRequest['type'];
  delivered: number;
  /** Events × watchers that neither came nor were stood for by a later one that said so. */
  lost: number;
  /** Stood for by a later one. */
  merged: number;
  /** Came again, or out of order. */
  repeated: number;
  /** Watchers whose connection the server ended. */
  cut: number;
  bytesPerDelivery: number;
  /** Absent if nothing was delivered. */
  cpuMicrosPerDelivery?: number;
  /** Use of the servers' core while events flowed. */
  cpuPercent: number;
  p50Ms: number;
  p99Ms: number;
  /** Time from the last event's due time to the last delivery. */
  behindMs: number;
};

/**
 * Has events flow through a new topic of a peer for a while, and counts what its watchers get and what that costs. The
 * clock of the processor is read just before the first event and when the last delivery is in.
 */
export function measurePart(peer: RunningPeer, part: Part, signal: AbortSignal): Promise<PartFigures> {
  return withTopic(peer, (topic, load) => {
    const measure = async () => {
      await load.open(topic.address, part.watchers);
      return flow({ peer, topic, load }, part);
    };
    return stoppable(signal, measure());
  });
}

/** Participants of a measurement. */
interface Arrangement {
  peer: RunningPeer;
  topic: Topic;
  load: Load;
}

async function flow({ peer, topic, load }: Arrangement, part: Part): Promise<PartFigures> {
  const { watchers, rate, type, seconds } = part;
  const reachedBy = await reachAll({ topic, load }, part);
  const warmUp = eventsIn(rate, WARM_UP_SECONDS);
  await load.begin(reachedBy + 1, warmUp);
  await topic.publish({ type, rate, count: warmUp });
  await load.collect(REST);
  await delay(SETTLE_MS);
  const count = eventsIn(rate, seconds);
  await load.begin(reachedBy + warmUp + 1, count);
  const before = processorMicros(peer.serverPids());
  const begunAt = performance.now();
  await topic.publish({ type, rate, count });
  const { delivered, merged, repeated, bytes, cut, p50Ms, p99Ms } = await load.collect(REST);
  const cpu = processorMicros(peer.serverPids()) - before;
  const tookMs = performance.now() - begunAt;
  return {
    ...(part.part === undefined ? {} : { part: part.part }),
    watchers,
    rate,
    type,
    delivered,
    lost: watchers * count - delivered - merged,
    merged,
    repeated,
    cut,
    bytesPerDelivery: delivered === 0 ? 0 : bytes / delivered,
    ...(delivered === 0 ? {} : { cpuMicrosPerDelivery: cpu / delivered }),
    cpuPercent: cpu / tookMs / 10,
    p50Ms,
    p99Ms,
    behindMs: tookMs - ((count - 1) / rate) * 1_000,
  };
}

function eventsIn(rate: number, seconds: number): number {
  return Math.max(1, Math.round(rate * seconds));
}

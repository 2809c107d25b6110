import { Load } from '../load/load.ts';
import type { RunningPeer, Topic } from '../peers/peer.ts';

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

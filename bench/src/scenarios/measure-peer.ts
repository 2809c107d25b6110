import { choosePeers } from '../peers/choose.ts';
import type { Peer, RunningPeer } from '../peers/peer.ts';
import type { BenchSettings, Measurement } from '../scenario.ts';
import { stoppable } from '../stoppable.ts';

/** Measures one peer that runs. */
export type Measure = (peer: RunningPeer, name: string) => AsyncIterable<Measurement>;

/** Starts a peer, measures it, and stops it, whatever happens. */
async function* measurePeer(peer: Peer, settings: BenchSettings, measure: Measure): AsyncGenerator<Measurement> {
  const starting = peer.start();
  let running: RunningPeer;
  try {
    running = await stoppable(settings.signal, starting);
  } catch (error) {
    // It may have been on its way when all was stopped.
    await starting.then(
      (late) => late.stop(),
      () => undefined,
    );
    throw error;
  }
  try {
    yield* measure(running, peer.name);
  } finally {
    await running.stop();
  }
}

/**
 * Measures the peers in turn, and that as often as is asked for.
 * @param usual names of the peers if none are asked for; all that are not optional if absent.
 */
export async function* inTurn(
  settings: BenchSettings,
  { usual, measure }: { usual?: readonly string[]; measure: Measure },
): AsyncGenerator<Measurement> {
  const peers = await choosePeers(settings, usual);
  for (const { name, summary } of peers) settings.say(`${name}: ${summary}`);
  for (let repeat = 1; repeat <= settings.repeats; repeat += 1) {
    settings.say(`repeat ${repeat} of ${settings.repeats}`);
    for (const peer of peers) yield* measurePeer(peer, settings, measure);
  }
}

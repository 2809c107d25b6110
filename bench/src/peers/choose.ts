import type { BenchSettings } from '../scenario.ts';
import { UsageError } from '../usage-error.ts';
import type { Peer } from './peer.ts';
import { PEERS } from './peers.ts';

/**
 * The peers to measure: those that are asked for, else those of `usual`; without those that cannot run here, of which it
 * is said why.
 * @param usual names; all that are not optional if absent.
 * @throws UsageError for a name that there is not.
 */
export async function choosePeers(settings: BenchSettings, usual?: readonly string[]): Promise<Peer[]> {
  const wanted = (settings.peers ?? usual)?.map(findPeer) ?? PEERS.filter(({ isOptional }) => isOptional !== true);
  const able: Peer[] = [];
  for (const peer of wanted) {
    const reason = await peer.whyNot?.();
    if (reason === undefined) able.push(peer);
    else settings.say(`${peer.name} is left out: ${reason}`);
  }
  return able;
}

function findPeer(name: string): Peer {
  const peer = PEERS.find((each) => each.name === name);
  if (peer !== undefined) return peer;
  throw new UsageError(`--peers takes a list of ${PEERS.map((each) => each.name).join(', ')}; there is no "${name}"`);
}

import type { WatchAddress } from '../load/watch-address.ts';
import type { Peer, RunningPeer } from './peer.ts';
import { startPublisher } from './publishing/start-publisher.ts';
import { startServer } from './server-process.ts';

export interface NodePeerSettings {
  name: string;
  summary: string;
  /** The program, which begins with `serve`. */
  server: URL;
  /** Path of a watcher's request; a GET that a stream answers if `wire` is absent. */
  path: string;
  wire?: WatchAddress['wire'];
}

/** A peer that is one program for Node.js with one topic in it, published to by `POST /publish`. */
export function nodePeer({ name, summary, server, path, wire = 'sse' }: NodePeerSettings): Peer {
  const start = async (): Promise<RunningPeer> => {
    const { port, processId, stop } = await startServer(name, server);
    return {
      serverPids: () => [processId],
      openTopic: async () => {
        const publisher = await startPublisher({ kind: 'http', url: `http://127.0.0.1:${port}/publish` });
        return { address: { port, path, headers: {}, wire }, publish: publisher.publish, close: publisher.stop };
      },
      stop,
    };
  };
  return { name, summary, start };
}

import type { Peer, RunningPeer } from '../peer.ts';
import { startPublisher } from '../publishing/start-publisher.ts';
import { findNchan } from './module.ts';
import { startNginx } from './start-nginx.ts';

const REMEDY = 'nginx or its module nchan is not installed; on Debian/Ubuntu: apt-get install nginx libnginx-mod-nchan';

async function start(): Promise<RunningPeer> {
  const found = await findNchan();
  if (found === undefined) throw new Error(REMEDY);
  const { port, processId, stop } = await startNginx(found);
  let channels = 0;
  return {
    serverPids: () => [processId],
    openTopic: async () => {
      channels += 1;
      const publisher = await startPublisher({ kind: 'http', url: `http://127.0.0.1:${port}/publish?id=${channels}` });
      const address = { port, path: `/watch?id=${channels}`, headers: {}, wire: 'sse' as const };
      return { address, publish: publisher.publish, close: publisher.stop };
    },
    stop,
  };
}

export const nchan: Peer = {
  name: 'nchan',
  summary: 'nginx with the module nchan (written in C), one worker process, channels in memory',
  whyNot: async () => ((await findNchan()) === undefined ? REMEDY : undefined),
  start,
};

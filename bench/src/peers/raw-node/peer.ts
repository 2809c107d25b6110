import { nodePeer } from '../node-peer.ts';

export const rawNode = nodePeer({
  name: 'raw-node',
  summary: 'node:http, one response.write of one Buffer for each watcher',
  server: new URL('./server.ts', import.meta.url),
  path: '/',
});

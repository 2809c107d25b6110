import { nodePeer } from '../node-peer.ts';

export const betterSse = nodePeer({
  name: 'better-sse',
  summary: 'a channel, channel.broadcast',
  server: new URL('./server.ts', import.meta.url),
  path: '/',
});

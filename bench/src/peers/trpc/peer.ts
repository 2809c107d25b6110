import { nodePeer } from '../node-peer.ts';

export const trpc = nodePeer({
  name: 'trpc',
  summary: "tRPC's standalone server: a subscription of tracked events from an emitter in the process",
  server: new URL('./server.ts', import.meta.url),
  path: '/onProgress',
});

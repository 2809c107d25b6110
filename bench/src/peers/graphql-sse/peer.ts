import { nodePeer } from '../node-peer.ts';

const SUBSCRIPTION =
  'subscription { progress { taskId projectId seq type attempt at stage current total percent itemName text offset } }';

export const graphqlSse = nodePeer({
  name: 'graphql-sse',
  summary: 'graphql-js, distinct connections: a subscription of all fields from an emitter in the process',
  server: new URL('./server.ts', import.meta.url),
  path: `/graphql/stream?query=${encodeURIComponent(SUBSCRIPTION)}`,
});

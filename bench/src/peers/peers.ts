import { betterSse } from './better-sse/peer.ts';
import { bullmqSse } from './bullmq-sse/peer.ts';
import { graphqlSse } from './graphql-sse/peer.ts';
import { nchan } from './nchan/peer.ts';
import type { Peer } from './peer.ts';
import { rawNode } from './raw-node/peer.ts';
import { socketIo } from './socket-io/peer.ts';
import { taskwire, taskwireSingle, taskwireTrpc } from './taskwire/peer.ts';
import { trpc } from './trpc/peer.ts';

/** All that can be measured. */
export const PEERS: readonly Peer[] = [
  taskwire,
  nchan,
  rawNode,
  betterSse,
  socketIo,
  graphqlSse,
  bullmqSse,
  trpc,
  taskwireSingle,
  taskwireTrpc,
];

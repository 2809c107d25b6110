import { startTaskwire, type TaskwireStack } from '../../taskwire/start-taskwire.ts';
import type { Peer, RunningPeer, Topic } from '../peer.ts';

/** Within this long (ms) the product's worker gathers tokens for one append. */
const TOKEN_WINDOW_MS = 50;

interface Manner {
  environment?: Record<string, string>;
  /** Each token in an append of its own. */
  singly?: boolean;
}

async function openTopic(stack: TaskwireStack, { singly = false }: Manner): Promise<Topic> {
  const { taskId, publisher } = await stack.startTask();
  const input = encodeURIComponent(JSON.stringify({ taskId }));
  return {
    address: {
      port: Number(new URL(stack.url).port),
      path: `/trpc/task.onProgress?input=${input}`,
      headers: { authorization: `Bearer ${stack.token}` },
      wire: 'sse',
    },
    publish: (request) =>
      publisher.publish(singly || request.type !== 'token' ? request : { ...request, windowMs: TOKEN_WINDOW_MS }),
    close: () => publisher.stop(),
  };
}

async function start(manner: Manner = {}): Promise<RunningPeer> {
  const stack = await startTaskwire({ environment: manner.environment ?? {} });
  return { serverPids: () => stack.serverPids, openTopic: () => openTopic(stack, manner), stop: () => stack.stop() };
}

/** Whole: from a worker's append through Redis to the socket, in the frames that tRPC's own client reads. */
export const taskwire: Peer = {
  name: 'taskwire',
  summary:
    'the built api and its Redis: append (of tokens every 50 ms, as the worker does), pub/sub, hub, socket, in frames of tRPC',
  start: () => start(),
};

/** The same with tRPC's own adapter in place of the gateway. */
export const taskwireTrpc: Peer = {
  name: 'taskwire-trpc',
  summary: 'the same with STREAM_GATEWAY=off: tRPC answers its subscriptions by itself',
  isOptional: true,
  start: () => start({ environment: { STREAM_GATEWAY: 'off' } }),
};

/** The same with each token in an append of its own, which no worker does. */
export const taskwireSingle: Peer = {
  name: 'taskwire-single',
  summary: 'the same with each token appended alone',
  isOptional: true,
  start: () => start({ singly: true }),
};

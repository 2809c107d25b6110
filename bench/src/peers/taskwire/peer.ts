import { startTaskwire, type TaskwireStack } from '../../taskwire/start-taskwire.ts';
import type { Peer, RunningPeer, Topic } from '../peer.ts';

async function openTopic(stack: TaskwireStack): Promise<Topic> {
  const { taskId, publisher } = await stack.startTask();
  const input = encodeURIComponent(JSON.stringify({ taskId }));
  return {
    address: {
      port: Number(new URL(stack.url).port),
      path: `/trpc/task.onProgress?input=${input}`,
      headers: { authorization: `Bearer ${stack.token}` },
      wire: 'sse',
    },
    publish: (request) => publisher.publish(request),
    close: () => publisher.stop(),
  };
}

async function start(environment: Record<string, string>): Promise<RunningPeer> {
  const stack = await startTaskwire({ environment });
  return { serverPids: () => stack.serverPids, openTopic: () => openTopic(stack), stop: () => stack.stop() };
}

/** Whole: from a worker's append through Redis to the socket, in the frames that tRPC's own client reads. */
export const taskwire: Peer = {
  name: 'taskwire',
  summary: 'the built api and its Redis: append, pub/sub, hub, socket, in the frames of tRPC',
  start: () => start({}),
};

/** The same with tRPC's own adapter in place of the gateway. */
export const taskwireTrpc: Peer = {
  name: 'taskwire-trpc',
  summary: 'the same with STREAM_GATEWAY=off: tRPC answers its subscriptions by itself',
  isOptional: true,
  start: () => start({ STREAM_GATEWAY: 'off' }),
};

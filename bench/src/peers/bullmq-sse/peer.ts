import { createTestRedis } from '@taskwire/test-kit';
import { SERVER_CORE, pinProcess } from '../../measure/pinning.ts';
import { Cleanups } from '../../taskwire/cleanups.ts';
import { askRedis } from '../../taskwire/redis-process.ts';
import type { Peer, RunningPeer } from '../peer.ts';
import { startPublisher } from '../publishing/start-publisher.ts';
import { startServer } from '../server-process.ts';

async function assemble(cleanups: Cleanups): Promise<RunningPeer> {
  const redis = await createTestRedis({ durable: true });
  cleanups.add(() => redis.stop());
  const { redisUrl } = redis;
  const { processId: redisId } = await askRedis(redisUrl);
  await pinProcess(redisId, SERVER_CORE);
  const server = await startServer('bullmq-sse', new URL('./server.ts', import.meta.url), { redisUrl });
  cleanups.add(() => server.stop());
  return {
    serverPids: () => [server.processId, redisId],
    openTopic: async () => {
      const publisher = await startPublisher({ kind: 'bullmq', redisUrl });
      const address = { port: server.port, path: '/', headers: {}, wire: 'sse' as const };
      return { address, publish: publisher.publish, close: publisher.stop };
    },
    stop: () => cleanups.run(),
  };
}

export const bullmqSse: Peer = {
  name: 'bullmq-sse',
  summary:
    'job.updateProgress, QueueEvents, one response.write for each watcher; its Redis as durable as that of Taskwire',
  start: async () => {
    const cleanups = new Cleanups();
    try {
      return await assemble(cleanups);
    } catch (error) {
      await cleanups.run();
      throw error;
    }
  },
};

import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { ClientRetryPlugin, type ClientRetryPluginContext } from '@orpc/client/plugins';
import type { RouterClient } from '@orpc/server';
import { Redis } from 'ioredis';
import { ChildBout } from '../child-bout.ts';
import type { Contestant } from '../contestant.ts';
import type { WatchRecord } from '../record.ts';
import { waitFor } from '../child-program.ts';
import { TASK_KEY } from './publisher.ts';
import type { createRouter } from './router.ts';

type Client = RouterClient<ReturnType<typeof createRouter>, ClientRetryPluginContext>;

async function follow(client: Client, record: WatchRecord, signal: AbortSignal): Promise<void> {
  const context = { retry: Number.POSITIVE_INFINITY };
  const iterator = await client.live(undefined, { signal, context });
  for await (const { number } of iterator) record.addEvent(number);
  record.add({ type: 'ended', how: 'completed' });
}

interface Watched {
  url: string;
  redisUrl: string;
  record: WatchRecord;
}

async function watch({ url, redisUrl, record }: Watched): Promise<() => Promise<void>> {
  const link = new RPCLink<ClientRetryPluginContext>({ url: `${url}/rpc`, plugins: [new ClientRetryPlugin()] });
  const client: Client = createORPCClient(link);
  const stop = new AbortController();
  const following = follow(client, record, stop.signal).catch(() => {
    // With endless retries this is only ever the end that `stop` asked for.
    if (!stop.signal.aborted) record.add({ type: 'ended', how: 'failed' });
  });
  const redis = new Redis(redisUrl);
  await waitFor('the publisher is subscribed', async () => {
    const [, subscribers] = await redis.pubsub('NUMSUB', TASK_KEY);
    return Number(subscribers) > 0;
  });
  redis.disconnect();
  return () => {
    stop.abort();
    return following;
  };
}

/** Trims as the publisher does beyond its retention, with a time that this short stream reaches. */
async function trim(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  const [oldestKept] = (await redis.xrevrange(TASK_KEY, '+', '-', 'COUNT', 10)).slice(-1);
  await redis.xtrim(TASK_KEY, 'MINID', '~', oldestKept?.[0] ?? '0');
  redis.disconnect();
}

export const orpcPublisher: Contestant = {
  name: 'oRPC publisher (ioredis)',
  packages: ['@orpc/experimental-publisher', '@orpc/server', '@orpc/client'],
  configuration:
    'IORedisPublisher with resumeRetentionSeconds 120 and maxBufferedEvents Infinity; an event iterator that forwards ' +
    "lastEventId; the client's retry plugin with endless retries; the application's last event ends the iterator; " +
    'trimmed as by the retention, to the newest 10',
  documentation: ['https://orpc.unnoq.com/docs/helpers/publisher', 'https://orpc.unnoq.com/docs/plugins/client-retry'],
  notApplicable: {},
  open: (workload) =>
    ChildBout.open({
      workload,
      server: new URL('./server.ts', import.meta.url),
      producer: new URL('./producer.ts', import.meta.url),
      cutBefore: 'server',
      replaceable: false,
      watch,
      trim,
    }),
  dispose: () => Promise.resolve(),
};

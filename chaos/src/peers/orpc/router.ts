import { os } from '@orpc/server';
import type { IORedisPublisher } from '@orpc/experimental-publisher/ioredis';
import type { Channels } from './publisher.ts';

export function createRouter(publisher: IORedisPublisher<Channels>) {
  const live = os.handler(async function* ({ signal, lastEventId }) {
    for await (const payload of publisher.subscribe('task', { signal, lastEventId })) {
      yield payload;
      if (payload.last) return;
    }
  });
  return { live };
}

import { initTRPC, tracked } from '@trpc/server';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { emit, follow } from '../event-source.ts';
import { serve } from '../serve.ts';

const trpc = initTRPC.create({ isDev: false, sse: { ping: { enabled: true, intervalMs: 15_000 } } });

const router = trpc.router({
  onProgress: trpc.procedure.subscription(async function* ({ signal }) {
    for await (const event of follow(signal)) yield tracked(String(event.seq), event);
  }),
});

serve({ watch: createHTTPHandler({ router }), broadcast: emit });

import type { ServerResponse } from 'node:http';
import { serve } from '../serve.ts';

const watchers = new Set<ServerResponse>();

serve({
  watch: (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.flushHeaders();
    watchers.add(response);
    response.on('close', () => watchers.delete(response));
  },
  broadcast: (event) => {
    const frame = Buffer.from(`data: ${JSON.stringify(event)}\nid: ${event.seq}\n\n`);
    for (const response of watchers) response.write(frame);
  },
});

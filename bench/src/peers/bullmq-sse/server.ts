import { createServer, type ServerResponse } from 'node:http';
import { QueueEvents } from 'bullmq';
import { listen, readSettings } from '../serve.ts';
import { QUEUE } from '../publishing/open-publisher.ts';

const watchers = new Set<ServerResponse>();
const queueEvents = new QueueEvents(QUEUE, { connection: { url: readSettings().redisUrl ?? '' } });

queueEvents.on('progress', ({ data }, id) => {
  const frame = Buffer.from(`data: ${JSON.stringify(data)}\nid: ${id}\n\n`);
  for (const response of watchers) response.write(frame);
});

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
  watchers.add(response);
  response.on('close', () => watchers.delete(response));
});
await queueEvents.waitUntilReady();
listen(server);

import { createServer } from 'node:http';
import { RPCHandler } from '@orpc/server/node';
import { readSettings, tellHarness } from '../child-side.ts';
import { serverSettingsSchema } from '../settings.ts';
import { createPublisher } from './publisher.ts';
import { createRouter } from './router.ts';

const { redisUrl, port } = readSettings(serverSettingsSchema);
const handler = new RPCHandler(createRouter(await createPublisher(redisUrl)));

const server = createServer((request, response) => {
  void handler.handle(request, response, { prefix: '/rpc', context: {} }).then(({ matched }) => {
    if (matched) return;
    response.statusCode = 404;
    response.end();
  });
});
server.listen(port, '127.0.0.1', () => tellHarness({ type: 'ready' }));

process.once('SIGTERM', () => {
  server.close(() => process.exit());
  server.closeAllConnections();
});

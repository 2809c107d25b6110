import { createServer } from 'node:http';
import { readSettings, tellHarness } from '../child-side.ts';
import { serverSettingsSchema } from '../settings.ts';
import { createNode, ROOM } from './node.ts';

const { redisUrl, port } = readSettings(serverSettingsSchema);
const { io, redis } = createNode(redisUrl);
io.on('connection', (socket) => void socket.join(ROOM));

const http = createServer();
io.attach(http);
http.listen(port, '127.0.0.1', () => tellHarness({ type: 'ready' }));

process.once('SIGTERM', () => {
  // Closing the server is what stores the sessions that clients recover from; `quit` waits until Redis has them.
  void io
    .close()
    .then(() => redis.quit())
    .then(() => process.exit());
});

import { createExpressMiddleware } from '@trpc/server/adapters/express';
import express from 'express';
import { appRouter, createContext } from './router';
import { logIn } from './sessions';
import { taskwire } from './taskwire';

const app = express();
app.get('/hello', (_request, response) => void response.send('the bakery is open'));
app.post('/login', express.json(), logIn);
app.use('/rpc', createExpressMiddleware({ router: appRouter, createContext }));
app.use('/taskwire', taskwire.handler);
app.use(express.static('public'));
const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1');

process.once('SIGTERM', async () => {
  await taskwire.close();
  server.close(() => process.exit());
  server.closeAllConnections();
});

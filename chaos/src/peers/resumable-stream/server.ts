import { createServer, type ServerResponse } from 'node:http';
import { readSettings, tellHarness } from '../child-side.ts';
import { serverSettingsSchema } from '../settings.ts';
import { createContext, STREAM_ID } from './context.ts';

const { redisUrl, port } = readSettings(serverSettingsSchema);
const context = await createContext(redisUrl);

/** As the documentation's GET handler answers: the stream from a character on, or that it is done already. */
async function answer(response: ServerResponse, resumeAt: number): Promise<void> {
  const stream = await context.resumeExistingStream(STREAM_ID, resumeAt);
  if (stream === undefined || stream === null) {
    response.writeHead(stream === null ? 422 : 404).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  const reader = stream.getReader();
  response.on('close', () => void reader.cancel());
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) response.write(chunk.value);
  response.end();
}

const server = createServer((request, response) => {
  const resumeAt = Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('resumeAt') ?? 0);
  answer(response, resumeAt).catch(() => {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
server.listen(port, '127.0.0.1', () => tellHarness({ type: 'ready' }));

process.once('SIGTERM', () => {
  server.close(() => process.exit());
  server.closeAllConnections();
});

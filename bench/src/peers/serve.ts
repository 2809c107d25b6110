// Side of the server: what all peers written for Node.js begin with.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { SampleEvent } from '../load/sample-event.ts';
import { serverSettingsSchema, type ServerSettings } from './server-process.ts';

export interface Serving {
  /** Answers a watcher. */
  watch: (request: IncomingMessage, response: ServerResponse) => unknown;
  /** Sends an event to all watchers. */
  broadcast: (event: SampleEvent) => void;
}

/** Serves, and takes events by `POST /publish`. */
export function serve({ watch, broadcast }: Serving): Server {
  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/publish') takeEvent(request, response, broadcast);
    else watch(request, response);
  });
  listen(server);
  return server;
}

/** Options that the benchmark gives to this program. */
export function readSettings(): ServerSettings {
  return serverSettingsSchema.parse(JSON.parse(process.argv[2] ?? 'null'));
}

/** Listens on the benchmark's address and reports readiness. The program ends with the benchmark. */
export function listen(server: Server): void {
  process.on('disconnect', () => process.exit());
  server.listen(readSettings().port, '127.0.0.1', () => process.send?.({ ready: true }));
}

function takeEvent(request: IncomingMessage, response: ServerResponse, broadcast: Serving['broadcast']): void {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part: string) => (body += part));
  request.on('end', () => {
    broadcast(parseEvent(body));
    response.writeHead(204).end();
  });
}

/** The benchmark's own publisher sends nothing else, and a closer look would count as the peer's work. */
function parseEvent(body: string): SampleEvent {
  const event: unknown = JSON.parse(body);
  if (isEvent(event)) return event;
  throw new Error('the published text is not an event');
}

function isEvent(value: unknown): value is SampleEvent {
  return typeof value === 'object' && value !== null && 'seq' in value;
}

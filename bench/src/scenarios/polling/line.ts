import { Agent, request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** One keep-alive connection of a watcher to the api, on which requests and bytes are counted. */
export class Line {
  requests = 0;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #sockets = new Set<Socket>();
  readonly #api: { url: string; token: string };

  constructor(api: { url: string; token: string }) {
    this.#api = api;
  }

  /** Received so far, heads of answers included. */
  get bytes(): number {
    return [...this.#sockets].reduce((sum, socket) => sum + socket.bytesRead, 0);
  }

  /** Asks a procedure. @returns the answer as it begins. @throws Error if it is refused. */
  open(procedure: string, input: unknown): Promise<IncomingMessage> {
    this.requests += 1;
    const query = new URLSearchParams({ input: JSON.stringify(input) });
    const headers = { authorization: `Bearer ${this.#api.token}` };
    return new Promise((resolve, reject) => {
      const asking = request(`${this.#api.url}/trpc/${procedure}?${query.toString()}`, { agent: this.#agent, headers });
      asking.once('socket', (socket) => this.#sockets.add(socket));
      asking.once('error', reject);
      asking.once('response', (response) => {
        if (response.statusCode === 200) return resolve(response);
        response.resume();
        reject(new Error(`${procedure} answered ${response.statusCode ?? 0}`));
      });
      asking.end();
    });
  }

  /** Asks a procedure. @returns the whole answer, from JSON. */
  async ask(procedure: string, input: unknown): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of await this.open(procedure, input)) {
      if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString());
  }

  close(): void {
    this.#agent.destroy();
  }
}

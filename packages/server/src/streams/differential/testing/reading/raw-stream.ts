import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { headersOf, urlOf, type Ask } from '../scenarios/ask.ts';

/** Header fields that differ between any two answers of one server. */
const VARYING_HEADERS = ['date', 'x-request-id'];

/** An answer as it came over the wire; the chunks of its body are put together. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** One request and the bytes of its answer, so far. It ends by itself, or with `leave`. */
export class RawStream {
  readonly #text: string[] = [];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #leave: () => void;
  #response: IncomingMessage | undefined;
  #failure: Error | undefined;
  #ended = false;
  #left = false;

  constructor(serverUrl: string, ask: Ask, token: { authorization: string }) {
    const { method = 'GET', body } = ask;
    const request = httpRequest(urlOf(serverUrl, ask), { method, headers: headersOf(ask, token), agent: this.#agent });
    this.#leave = () => request.destroy();
    const fail = (error: Error) => {
      if (!this.#left) this.#failure = error;
    };
    request.on('error', fail);
    request.on('response', (response) => {
      this.#response = response;
      response.setEncoding('utf8').on('data', (chunk: string) => this.#text.push(chunk));
      response.on('error', fail);
      response.on('end', () => (this.#ended = true));
    });
    request.end(body);
  }

  /** The text received so far. @throws if the request failed. */
  get text(): string {
    if (this.#failure !== undefined) throw this.#failure;
    return this.#text.join('');
  }

  /** Whether the server has ended its answer. @throws if the request failed. */
  get ended(): boolean {
    if (this.#failure !== undefined) throw this.#failure;
    return this.#ended;
  }

  /** The answer so far. @throws if there is none yet. */
  get answer(): Answer {
    const { text } = this;
    if (this.#response === undefined) throw new Error('no answer yet');
    const { statusCode = 0, headersDistinct } = this.#response;
    const headers = Object.entries(headersDistinct)
      .filter(([name]) => !VARYING_HEADERS.includes(name))
      .map(([name, values = []]) => [name, values.join(' | ')] as const);
    return { status: statusCode, headers: Object.fromEntries(headers), text };
  }

  /** Closes the connection. */
  leave(): void {
    this.#left = true;
    this.#leave();
    this.#agent.destroy();
  }
}

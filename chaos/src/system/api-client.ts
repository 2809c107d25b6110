import { SignJWT } from 'jose';
import * as z from 'zod';
import { withDeadline } from '../with-deadline.ts';
import { AUTH_SECRET } from './system.ts';

/** A token as another service that knows the secret would sign it. */
export function signToken(userId: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuer('taskwire')
    .setAudience('taskwire')
    .setExpirationTime('2h')
    .sign(new TextEncoder().encode(AUTH_SECRET));
}

/** An answer that says that trying again is pointless. */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
}

/** An answer in JSON. */
export interface Answer {
  status: number;
  body: unknown;
}

const answerSchema = z.object({ result: z.object({ data: z.unknown() }) });
/** A call that gets no answer for this long (ms) is made again. */
const CALL_TIMEOUT_MS = 5_000;
const PAUSE_MS = 150;

/** Calls procedures of the api over plain HTTP, again and again until they are answered. */
export class ApiClient {
  readonly url: string;
  readonly token: string;
  readonly #signal: AbortSignal;

  /** @param signal ends the tries. */
  constructor(url: string, token: string, signal: AbortSignal) {
    this.url = url;
    this.token = token;
    this.#signal = signal;
  }

  /** @returns what the procedure answered. @throws RefusedCall for a 4xx; the signal's reason once it aborts. */
  mutate(procedure: string, input: unknown): Promise<unknown> {
    const { url, request } = this.#call('mutation', procedure, input);
    return this.#untilAnswered(url, () => request);
  }

  /** Asks once, and takes whatever is answered. @throws if nothing in JSON is. */
  async tryOnce(type: 'mutation' | 'query', procedure: string, input: unknown): Promise<Answer> {
    const { url, request } = this.#call(type, procedure, input);
    const { status, body } = await this.#once(url, request);
    return { status, body: dataOf(body) };
  }

  /** Uploads a file. @returns its id. */
  async upload(fileName: string, bytes: Buffer): Promise<string> {
    const answer = await this.#untilAnswered(`${this.url}/api/v1/uploads`, () => {
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(bytes)]), fileName);
      return { method: 'POST', body: form };
    });
    return z.object({ uploadId: z.string() }).parse(answer).uploadId;
  }

  #call(type: 'mutation' | 'query', procedure: string, input: unknown): { url: string; request: RequestInit } {
    const url = `${this.url}/trpc/${procedure}`;
    const json = JSON.stringify(input);
    if (type === 'query') return { url: `${url}?${new URLSearchParams({ input: json }).toString()}`, request: {} };
    return { url, request: { method: 'POST', headers: { 'content-type': 'application/json' }, body: json } };
  }

  async #untilAnswered(url: string, request: () => RequestInit): Promise<unknown> {
    for (;;) {
      this.#signal.throwIfAborted();
      const answer = await this.#once(url, request()).catch(() => undefined);
      if (answer !== undefined && isSuccess(answer.status)) return dataOf(answer.body);
      if (answer !== undefined && isRefusal(answer.status)) {
        throw new RefusedCall(`${url} answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 400)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  async #once(url: string, request: RequestInit): Promise<Answer> {
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${this.token}`);
    return withDeadline(this.#signal, CALL_TIMEOUT_MS, async (signal) => {
      const answer = await fetch(url, { ...request, headers, signal });
      const body: unknown = await answer.json();
      return { status: answer.status, body };
    });
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 429;
}

/** Returns the data in a procedure's answer; of any other answer, the body itself. */
function dataOf(body: unknown): unknown {
  const parsed = answerSchema.safeParse(body);
  return parsed.success ? parsed.data.result.data : body;
}

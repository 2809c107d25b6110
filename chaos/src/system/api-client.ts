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
    return this.#untilAnswered(`${this.url}/trpc/${procedure}`, () => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    }));
  }

  /** @returns what the procedure answered. @throws as `mutate`. */
  query(procedure: string, input: unknown): Promise<unknown> {
    const query = new URLSearchParams({ input: JSON.stringify(input) });
    return this.#untilAnswered(`${this.url}/trpc/${procedure}?${query.toString()}`, () => ({}));
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

  async #untilAnswered(url: string, request: () => RequestInit): Promise<unknown> {
    for (;;) {
      this.#signal.throwIfAborted();
      const answer = await this.#once(url, request()).catch((error: unknown) => {
        if (error instanceof RefusedCall) throw error;
        return undefined;
      });
      if (answer !== undefined) return answer.value;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** @returns undefined if it is worth another try. */
  async #once(url: string, request: RequestInit): Promise<{ value: unknown } | undefined> {
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${this.token}`);
    const { response, body } = await withDeadline(this.#signal, CALL_TIMEOUT_MS, async (signal) => {
      const answer = await fetch(url, { ...request, headers, signal });
      const json: unknown = await answer.json();
      return { response: answer, body: json };
    });
    if (response.status >= 400 && response.status < 500 && response.status !== 429) {
      throw new RefusedCall(`${url} answered ${response.status}: ${JSON.stringify(body).slice(0, 400)}`);
    }
    if (!response.ok) return undefined;
    const parsed = answerSchema.safeParse(body);
    return { value: parsed.success ? parsed.data.result.data : body };
  }
}

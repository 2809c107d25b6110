import { TASK_STATUSES, isTerminalStatus } from '@taskwire/protocol';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';

const POLL_INTERVAL_MS = 100;

const uploadSchema = z.object({ uploadId: z.string() });
const createdSchema = z.object({ taskId: z.string() });
const taskSchema = z.object({
  status: z.enum(TASK_STATUSES),
  error: z.exactOptional(z.object({ code: z.string(), message: z.string() })),
});
const foundSchema = z.object({ hits: z.array(z.object({ fileName: z.string(), page: z.int() })) });

export type FoundHit = z.infer<typeof foundSchema>['hits'][number];

/** A user of a running api, over HTTP. */
export class ApiClient {
  readonly #url: string;
  readonly #token: string;

  constructor({ url, token }: { url: string; token: string }) {
    this.#url = url;
    this.#token = token;
  }

  /** Uploads a document and creates the task that reads it. @returns the task's id. */
  async ingest(fileName: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const body = new FormData();
    body.set('file', new Blob([bytes]), fileName);
    const { uploadId } = uploadSchema.parse(await this.#call('/api/v1/uploads', { method: 'POST', body }));
    const order = JSON.stringify({ kind: 'document.ingest', input: { uploadId } });
    const headers = { 'content-type': 'application/json' };
    const answer = await this.#call('/trpc/task.create', { method: 'POST', headers, body: order });
    return resultOf(answer, createdSchema).taskId;
  }

  /** Waits for the end of a task. @throws Error with its code if it did not succeed. */
  async finished(taskId: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      const { status, error } = await this.#query('task.get', { taskId }, taskSchema);
      if (status === 'done') return;
      if (isTerminalStatus(status))
        throw new Error(`a document ended ${status}: ${error?.code ?? ''} ${error?.message ?? ''}`);
      await delay(POLL_INTERVAL_MS, undefined, { signal });
    }
  }

  /** The hits of a question, best first. */
  async search(query: string, limit: number): Promise<FoundHit[]> {
    const { hits } = await this.#query('document.search', { query, limit }, foundSchema);
    return hits;
  }

  #query<Answer>(procedure: string, input: unknown, schema: z.ZodType<Answer>): Promise<Answer> {
    const query = new URLSearchParams({ input: JSON.stringify(input) });
    return this.#call(`/trpc/${procedure}?${query.toString()}`, {}).then((answer) => resultOf(answer, schema));
  }

  async #call(path: string, init: RequestInit): Promise<unknown> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.#token}`);
    const response = await fetch(`${this.#url}${path}`, { ...init, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path.split('?')[0] ?? ''} answered ${response.status}: ${text.slice(0, 400)}`);
    return JSON.parse(text);
  }
}

function resultOf<Answer>(answer: unknown, schema: z.ZodType<Answer>): Answer {
  return z.object({ result: z.object({ data: schema }) }).parse(answer).result.data;
}

import { errorOfResponse, foreignAnswerError, readJson } from '../errors/response-error.ts';
import { foreignTrpcErrorOf } from '../errors/foreign-trpc.ts';
import { isTaskwireTrpcAnswer, taskwireErrorOf } from '../errors/taskwire-answer.ts';
import type { Transport } from './transport.ts';

/** The fields of an answer that tRPC's links read. */
interface JsonAnswer {
  ok: boolean;
  json(): Promise<unknown>;
}

/**
 * `fetch` for tRPC's queries and mutations. An answer that is not Taskwire's fails as NETWORK, for every status: a
 * proxy's page, another server's JSON, a body that is cut off.
 * @throws TaskwireClientError
 */
export async function fetchJson(
  transport: Transport,
  input: string | URL | Request,
  init: RequestInit,
): Promise<JsonAnswer> {
  const response = await transport.fetch(input, init);
  if (response.headers.get('content-type')?.includes('json') === true) {
    return { ok: response.ok, json: () => readTaskwireJson(response, init.signal) };
  }
  if (!response.ok) throw await errorOfResponse(response);
  await response.body?.cancel();
  throw foreignAnswerError(response);
}

async function readTaskwireJson(response: Response, signal: AbortSignal | null | undefined): Promise<unknown> {
  let body: unknown;
  try {
    // Errors of Taskwire are short. A foreign body may be endless, so `readJson` limits it.
    body = response.ok ? await response.json() : await readJson(response);
    signal?.throwIfAborted();
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw foreignAnswerError(response, error);
  }
  if (isTaskwireTrpcAnswer(body)) return body;
  const { status } = response;
  throw taskwireErrorOf(body, status) ?? foreignTrpcErrorOf(body, { status }) ?? foreignAnswerError(response);
}

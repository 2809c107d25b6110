import { errorOfResponse, foreignAnswerError, readJson } from '../errors/response-error.ts';
import { isServerConfig, isSignIn, isUpload, type ServerConfig, type SignIn, type Upload } from './shapes.ts';
import type { Transport } from './transport.ts';

/** Fetches the configuration that a page needs before sign-in. */
export function fetchConfig(transport: Transport): Promise<ServerConfig> {
  return call(transport, { path: '/api/v1/config', init: {}, isAnswer: isServerConfig });
}

/** Signs in at a development server, by a name and the code that this start of the server printed. */
export function signIn(transport: Transport, name: string, code: string): Promise<SignIn> {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify({ name, code }) };
  return call(transport, { path: '/api/v1/dev/sign-in', init, isAnswer: isSignIn });
}

export interface UploadOptions {
  /** Name of the stored file; absent: that of the `File`, or `file`. */
  fileName?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Sends a file. Its bytes are streamed if the platform can. */
export async function upload(transport: Transport, file: Blob, options: UploadOptions = {}): Promise<Upload> {
  const body = new FormData();
  body.set('file', file, options.fileName ?? nameOf(file));
  const init = { method: 'POST', body, headers: await transport.authorization(), signal: options.signal ?? null };
  return call(transport, { path: '/api/v1/uploads', init, isAnswer: isUpload });
}

function nameOf(file: Blob): string {
  return 'name' in file && typeof file.name === 'string' && file.name !== '' ? file.name : 'file';
}

interface Call<Answer> {
  path: string;
  init: RequestInit;
  isAnswer: (body: unknown) => body is Answer;
}

/** @throws TaskwireClientError with the server's code; NETWORK if no answer came, or one that is not Taskwire's. */
async function call<Answer>(transport: Transport, { path, init, isAnswer }: Call<Answer>): Promise<Answer> {
  const response = await transport.fetch(`${transport.url}${path}`, init);
  if (!response.ok) throw await errorOfResponse(response);
  const body = await readJson(response);
  if (isAnswer(body)) return body;
  throw foreignAnswerError(response);
}

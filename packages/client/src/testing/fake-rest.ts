import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { TaskwireError } from '@taskwire/protocol';
import type { MemoryPorts } from '@taskwire/router/testing';
import { isRecord } from '../transport/shapes.ts';

/** Dependencies of the fake server's plain HTTP endpoints. */
export interface RestContext {
  ports: MemoryPorts;
  userOf(request: IncomingMessage): string | undefined;
  /** Makes a token for a user and accepts it from then on. */
  issueToken(userId: string): string;
}

const LONGEST_UPLOAD = 1_000;

/** Answers the endpoints beside tRPC as the real server does. Returns false for any other path. */
export async function answerRest(
  request: IncomingMessage,
  response: ServerResponse,
  context: RestContext,
): Promise<boolean> {
  const answer = findAnswer(request, context);
  if (answer === undefined) return false;
  try {
    const { status, body } = await answer();
    sendJson(response, status, body);
  } catch (error) {
    if (!(error instanceof TaskwireError)) throw error;
    const { code, message, fields } = error;
    sendJson(response, error.status, { error: { code, message, fields } });
  }
  return true;
}

function findAnswer(request: IncomingMessage, context: RestContext) {
  switch (`${request.method} ${request.url}`) {
    case 'GET /api/v1/config':
      return config;
    case 'POST /api/v1/dev/sign-in':
      return () => signIn(request, context);
    case 'POST /api/v1/uploads':
      return () => receiveUpload(request, context);
    default:
      return undefined;
  }
}

function config() {
  const body = { authMode: 'dev', maxUploadBytes: LONGEST_UPLOAD, acceptedMediaTypes: ['text/plain', 'image/*'] };
  return Promise.resolve({ status: 200, body });
}

/** The code that the fake server takes for a sign-in by a name. */
export const SIGN_IN_CODE = 'the-code-of-the-fake-server';

async function signIn(request: IncomingMessage, context: RestContext) {
  const body: unknown = JSON.parse((await buffer(request)).toString());
  if (!isRecord(body) || body['code'] !== SIGN_IN_CODE) throw new TaskwireError('INVALID_INPUT', 'code: is wrong');
  const userId = String(body['name']);
  return { status: 200, body: { token: context.issueToken(userId), userId, expiresAt: Date.now() + 3_600_000 } };
}

async function receiveUpload(request: IncomingMessage, context: RestContext) {
  const ownerId = context.userOf(request);
  const bytes = await buffer(request);
  if (ownerId === undefined) throw new TaskwireError('UNAUTHENTICATED', 'send a token');
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const file = (await new Response(new Uint8Array(bytes), { headers }).formData()).get('file');
  if (!(file instanceof File)) throw new TaskwireError('INVALID_INPUT', 'file: missing');
  if (file.size > LONGEST_UPLOAD) {
    throw new TaskwireError('PAYLOAD_TOO_LARGE', 'file: too large', {
      fields: [{ path: 'file', message: 'too large' }],
    });
  }
  const upload = {
    uploadId: randomUUID(),
    fileName: file.name,
    mediaType: mediaTypeOf(file.name),
    sizeBytes: file.size,
  };
  context.ports.storedUploads.set(upload.uploadId, { ...upload, ownerId });
  return { status: 201, body: upload };
}

/** The real server looks at the bytes. */
function mediaTypeOf(fileName: string): string {
  return fileName.endsWith('.png') ? 'image/png' : 'text/plain';
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

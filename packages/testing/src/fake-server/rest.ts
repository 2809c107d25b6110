import { TaskwireError } from '@taskwire/protocol';
import type { MemoryPorts } from '@taskwire/router/in-memory';
import { acceptedByAny } from '@taskwire/tasks';
import { isFile } from './form.ts';

/** Largest upload (bytes) that the fake server says it takes. */
const LARGEST_UPLOAD_BYTES = 100 * 1_024 * 1_024;

interface RestContext {
  ports: MemoryPorts;
  userId: string | undefined;
  /** The form that the page gave to `fetch`; undefined for any other body. */
  form: FormData | undefined;
}

/** Answers the endpoints beside tRPC as a server does. @returns undefined for any other path. */
export async function answerRest(request: Request, context: RestContext): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  try {
    if (pathname === '/api/v1/config') return Response.json(configOf(context.ports));
    if (pathname === '/api/v1/uploads' && request.method === 'POST') {
      return Response.json(await receive(request, context), { status: 201 });
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof TaskwireError)) throw error;
    const { code, message, fields, status } = error;
    return Response.json({ error: { code, message, fields } }, { status });
  }
}

function configOf({ catalog }: MemoryPorts) {
  const acceptedMediaTypes = acceptedByAny(catalog.uploadRules) ?? ['*/*'];
  return { authMode: 'token', kinds: [...catalog.kinds], maxUploadBytes: LARGEST_UPLOAD_BYTES, acceptedMediaTypes };
}

async function receive(request: Request, { ports, userId, form }: RestContext) {
  if (userId === undefined) throw new TaskwireError('UNAUTHENTICATED', 'send a token: "Authorization: Bearer <token>"');
  const file = (form ?? (await readForm(request))).get('file');
  if (!isFile(file)) {
    throw new TaskwireError('INVALID_INPUT', 'file: missing', { fields: [{ path: 'file', message: 'send one' }] });
  }
  const mediaType = file.type === '' ? 'text/plain' : file.type;
  const upload = { uploadId: crypto.randomUUID(), fileName: file.name, mediaType, sizeBytes: file.size };
  ports.storedUploads.set(upload.uploadId, { ...upload, ownerId: userId });
  return upload;
}

async function readForm(request: Request): Promise<FormData> {
  return new Response(await request.arrayBuffer(), { headers: request.headers }).formData();
}

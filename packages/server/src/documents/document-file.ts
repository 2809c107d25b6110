import { TaskwireError } from '@taskwire/protocol';
import { requireOwned, type Ports, type StoredDocument } from '@taskwire/router';
import { Router, type Response } from 'express';
import * as z from 'zod';
import { requireCaller } from '../auth/authenticate.ts';
import type { TokenAuthority } from '../auth/tokens.ts';

/** Dependencies of the route. */
export interface DocumentFileDependencies {
  ports: Pick<Ports, 'documentStore'>;
  authority: TokenAuthority;
  uploads: { directory: string };
}

/** Headers against scripts in a stored file: it gets its own origin and loads nothing. */
const SANDBOX = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'";

/**
 * `GET /documents/:documentId/file` → the stored file of the caller's document, or the parts that `Range` requests. 404
 * for a foreign document, a missing document and a missing file.
 */
export function documentFile({ ports, authority, uploads }: DocumentFileDependencies): Router {
  const router = Router();
  router.get('/documents/:documentId/file', async (request, response) => {
    const caller = await requireCaller(authority, request.headers.authorization);
    const documentId = z.uuid().safeParse(request.params.documentId).data;
    const document = documentId === undefined ? undefined : await ports.documentStore.find(documentId);
    await sendDocument(response, requireOwned(caller, document, 'document'), uploads.directory);
  });
  return router;
}

async function sendDocument(response: Response, document: StoredDocument, directory: string): Promise<void> {
  const { uploadId, fileName, mediaType, sizeBytes } = document;
  if (uploadId === undefined) throw fileGone();
  // Express would add a charset, and the file may have another one.
  response.setHeader('Content-Type', mediaType);
  response.set({
    'Content-Disposition': `inline; filename*=UTF-8''${encodeName(fileName)}`,
    'Content-Security-Policy': SANDBOX,
  });
  const failure = await new Promise<unknown>((resolve) => {
    response.sendFile(uploadId, { root: directory, cacheControl: false }, resolve);
  });
  if (failure === undefined || response.headersSent || response.destroyed) return;
  response.removeHeader('Content-Disposition');
  const { status } = z.object({ status: z.number() }).catch({ status: 500 }).parse(failure);
  if (status === 412) response.status(412).end();
  else if (status === 416)
    response
      .status(416)
      .set('Content-Range', `bytes */${sizeBytes ?? 0}`)
      .end();
  else throw status === 404 ? fileGone() : new Error('the file of a document could not be sent', { cause: failure });
}

/** A name for a header: https://datatracker.ietf.org/doc/html/rfc8187#section-3.2 */
function encodeName(fileName: string): string {
  return encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function fileGone(): TaskwireError {
  return new TaskwireError('NOT_FOUND', 'the file of this document is gone: upload it again (document.replace)');
}

import { TaskwireError } from '@taskwire/protocol';
import { requireOwned } from '@taskwire/router';
import type { RouteTools } from '@taskwire/server';
import { Router } from 'express';
import * as z from 'zod';
import type { DocumentStore, StoredDocument } from './document-store.ts';

/** Headers against scripts in a stored file: it gets its own origin and loads nothing. */
const SANDBOX = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'";

/**
 * `GET /:documentId/file` → the stored file of the caller's document, or the parts that `Range` requests. 404
 * for a foreign document, a missing document and a missing file.
 */
export function documentFile(
  store: Pick<DocumentStore, 'find'>,
  { requireCaller, sendUpload }: Pick<RouteTools, 'requireCaller' | 'sendUpload'>,
): Router {
  const router = Router();
  router.get('/:documentId/file', async (request, response) => {
    const caller = await requireCaller(request);
    const documentId = z.uuid().safeParse(request.params.documentId).data;
    const document = documentId === undefined ? undefined : await store.find(documentId);
    const { uploadId, ...file } = requireOwned(caller, document, 'document');
    const headers = headersOf(file);
    if (uploadId === undefined || !(await sendUpload(request, response, { uploadId, headers }))) throw fileGone();
  });
  return router;
}

function headersOf({ fileName, mediaType }: Pick<StoredDocument, 'fileName' | 'mediaType'>): Record<string, string> {
  return {
    'Content-Type': mediaType,
    'Content-Disposition': `inline; filename*=UTF-8''${encodeName(fileName)}`,
    'Content-Security-Policy': SANDBOX,
  };
}

/** A name for a header: https://datatracker.ietf.org/doc/html/rfc8187#section-3.2 */
function encodeName(fileName: string): string {
  return encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function fileGone(): TaskwireError {
  return new TaskwireError('NOT_FOUND', 'the file of this document is gone: upload it again (document.replace)');
}

import { Router } from 'express';
import { requireCaller } from '../auth/authenticate.ts';
import type { TokenAuthority } from '../auth/tokens.ts';
import { UploadAbortedError } from './upload-errors.ts';
import { receiveUpload, type UploadSettings } from './upload-receiver.ts';

/** `POST /uploads`, multipart/form-data with one part `file` → 201 `{ uploadId, fileName, mediaType, sizeBytes }`. */
export function uploadRoute(authority: TokenAuthority, settings: UploadSettings): Router {
  const router = Router();
  router.post('/uploads', async (request, response) => {
    const caller = await requireCaller(authority, request.headers.authorization);
    try {
      const { ownerId: _ownerId, ...upload } = await receiveUpload(request, caller.userId, settings);
      response.status(201).json(upload);
    } catch (error) {
      if (!(error instanceof UploadAbortedError)) throw error;
      request.log.info('upload aborted by the client');
    }
  });
  return router;
}

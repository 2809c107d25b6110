import { Router } from 'express';
import type { Authenticator } from '../auth/authenticate.ts';
import { UploadAbortedError } from './upload-errors.ts';
import { receiveUpload, type UploadSettings } from './upload-receiver.ts';

/** `POST /uploads`, multipart/form-data with one part `file` → 201 `{ uploadId, fileName, mediaType, sizeBytes }`. */
export function uploadRoute(authenticator: Authenticator, settings: UploadSettings): Router {
  const router = Router();
  router.post('/uploads', async (request, response) => {
    const caller = await authenticator.requireCaller(request);
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

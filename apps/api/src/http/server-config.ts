import { Router } from 'express';
import { ACCEPTED_MEDIA_TYPES } from '../uploads/media-types.ts';

/** What clients must know before anybody signs in. */
export interface ServerConfig {
  authMode: 'dev' | 'token';
  maxUploadBytes: number;
}

/** `GET /config`: what this server takes; needs no token. */
export function serverConfig({ authMode, maxUploadBytes }: ServerConfig): Router {
  const router = Router();
  router.get('/config', (_request, response) => {
    const acceptedMediaTypes = [...ACCEPTED_MEDIA_TYPES];
    response.set('Cache-Control', 'no-cache').json({ authMode, maxUploadBytes, acceptedMediaTypes });
  });
  return router;
}

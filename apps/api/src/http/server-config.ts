import { Router } from 'express';

/** What clients must know before anybody signs in. */
export interface ServerConfig {
  authMode: 'dev' | 'token';
  maxUploadBytes: number;
  /** What at least one kind takes; undefined: everything. */
  acceptedMediaTypes: readonly string[] | undefined;
}

/** `GET /config`: what this server takes; needs no token. */
export function serverConfig({ authMode, maxUploadBytes, acceptedMediaTypes = ['*/*'] }: ServerConfig): Router {
  const router = Router();
  router.get('/config', (_request, response) => {
    response.set('Cache-Control', 'no-cache').json({ authMode, maxUploadBytes, acceptedMediaTypes });
  });
  return router;
}

import { Router } from 'express';

/** Settings that clients need before a sign-in. */
export interface ServerConfig {
  authMode: 'dev' | 'token';
  /** The kinds that it offers. */
  kinds: readonly string[];
  maxUploadBytes: number;
  /** Media types that at least one kind accepts; undefined: all. */
  acceptedMediaTypes: readonly string[] | undefined;
}

/** `GET /config`: the kinds, files and sign-ins that this server accepts. It needs no token. */
export function serverConfig(settings: ServerConfig): Router {
  const { authMode, kinds, maxUploadBytes, acceptedMediaTypes = ['*/*'] } = settings;
  const router = Router();
  router.get('/config', (_request, response) => {
    response.set('Cache-Control', 'no-cache').json({ authMode, kinds, maxUploadBytes, acceptedMediaTypes });
  });
  return router;
}

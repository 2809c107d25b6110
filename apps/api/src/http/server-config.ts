import { TASK_KINDS, taskDefinitions } from '@taskwire/tasks';
import { Router } from 'express';

/** What clients must know before anybody signs in. */
export interface ServerConfig {
  authMode: 'dev' | 'token';
  hasDemoTasks: boolean;
  maxUploadBytes: number;
  /** What at least one kind takes; undefined: everything. */
  acceptedMediaTypes: readonly string[] | undefined;
}

/** `GET /config`: what this server takes; needs no token. */
export function serverConfig(settings: ServerConfig): Router {
  const { authMode, hasDemoTasks, maxUploadBytes, acceptedMediaTypes = ['*/*'] } = settings;
  const kinds = TASK_KINDS.filter((kind) => hasDemoTasks || !taskDefinitions[kind].isDemo);
  const router = Router();
  router.get('/config', (_request, response) => {
    response.set('Cache-Control', 'no-cache').json({ authMode, kinds, maxUploadBytes, acceptedMediaTypes });
  });
  return router;
}

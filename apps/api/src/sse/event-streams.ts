import { Router } from 'express';
import { answerStream, type EventStreamDependencies } from './answer-stream.ts';
import { taskProgress } from './task-progress.ts';
import { anyProgress, projectProgress } from './topic-progress.ts';

/**
 * The streams for clients that know nothing of tRPC: named events, each with its seq as id, `Last-Event-ID` or
 * `?lastEventId=` to go on from, and comments while they are quiet.
 */
export function eventStreams(dependencies: EventStreamDependencies): Router {
  const router = Router();
  router.get('/sse/tasks', answerStream(dependencies, anyProgress));
  router.get('/sse/tasks/:taskId/progress', answerStream(dependencies, taskProgress(dependencies)));
  router.get('/sse/projects/:projectId', answerStream(dependencies, projectProgress(dependencies)));
  router.get('/sse/projects/:projectId/stages/:stage', answerStream(dependencies, projectProgress(dependencies)));
  return router;
}

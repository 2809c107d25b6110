import { Router } from 'express';
import { answerStream, type EventStreamParts } from './answer-stream.ts';
import { taskProgress } from './task-progress.ts';
import { anyProgress, projectProgress } from './topic-progress.ts';

/**
 * The streams for clients that know nothing of tRPC: named events, each with its seq as id, `Last-Event-ID` or
 * `?lastEventId=` to go on from, and comments while they are quiet.
 */
export function eventStreams(parts: EventStreamParts): Router {
  const router = Router();
  router.get('/sse/tasks', answerStream(parts, anyProgress));
  router.get('/sse/tasks/:taskId/progress', answerStream(parts, taskProgress(parts)));
  router.get('/sse/projects/:projectId', answerStream(parts, projectProgress(parts)));
  router.get('/sse/projects/:projectId/stages/:stage', answerStream(parts, projectProgress(parts)));
  return router;
}

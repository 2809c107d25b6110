import { Router } from 'express';
import { answerStream, type EventStreamDependencies } from './answer-stream.ts';
import { allTasks, projectInAddress, taskInAddress } from './watch-requests.ts';

/**
 * The streams for clients that know nothing of tRPC: named events, each with its seq as id, `Last-Event-ID` or
 * `?lastEventId=` as the cursor, and comments while they are quiet.
 */
export function eventStreams(dependencies: EventStreamDependencies): Router {
  const router = Router();
  router.get('/sse/tasks', answerStream(dependencies, allTasks));
  router.get('/sse/tasks/:taskId/progress', answerStream(dependencies, taskInAddress));
  router.get('/sse/projects/:projectId', answerStream(dependencies, projectInAddress));
  router.get('/sse/projects/:projectId/stages/:stage', answerStream(dependencies, projectInAddress));
  return router;
}

import { TaskwireError } from '@taskwire/protocol';
import { isSeenEnd, resolveWatch, type Ports, type Watch } from '@taskwire/router';
import { Router, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Authenticator } from '../../../auth/authenticate.ts';
import { beginAnswer, sendAway } from '../../connection/answers.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { sseTaskEncoder, sseFormat, sseTopicEncoder } from '../../formats/sse-format.ts';
import { TooManyStreamsError } from '../../limits/stream-limits.ts';
import { allTasks, projectInAddress, taskInAddress, type ReadWatchRequest } from './watch-requests.ts';

/** Dependencies of the plain event streams. */
export interface EventStreamDependencies {
  ports: Pick<Ports, 'tasks' | 'projects' | 'events'>;
  authenticator: Authenticator;
  gateway: Gateway;
  logger: Logger;
}

/**
 * The streams for clients that know nothing of tRPC: named events, each with its seq as id, `Last-Event-ID` or
 * `?lastEventId=` as the cursor, and comments while they are quiet.
 */
export function sseTransport(dependencies: EventStreamDependencies): Router {
  const router = Router();
  router.get('/sse/tasks', answerStream(dependencies, allTasks));
  router.get('/sse/tasks/:taskId/progress', answerStream(dependencies, taskInAddress));
  router.get('/sse/projects/:projectId', answerStream(dependencies, projectInAddress));
  router.get('/sse/projects/:projectId/stages/:stage', answerStream(dependencies, projectInAddress));
  return router;
}

/**
 * Answers with an event stream. An EventSource gives up for good at any status but 200. So a permanent failure has a
 * status, with the error as JSON, and a retryable failure ends the stream: the client comes back. A permanent failure
 * in the middle of a stream ends it, too, and the client meets the status when it comes back. Too many streams have a
 * status although that is retryable: the client would come back at once.
 */
function answerStream(
  { ports, authenticator, gateway, logger }: EventStreamDependencies,
  readRequest: ReadWatchRequest,
): RequestHandler {
  const onFailure = (error: unknown) => {
    if (!isRetryableFailure(error)) logger.error({ err: error }, 'event stream failed');
  };
  const options = { taskEncoder: () => sseTaskEncoder, topicEncoder: sseTopicEncoder, onFailure };
  return async (request, response, next) => {
    const caller = await authenticator.requireCaller(request);
    const watchRequest = readRequest(request);
    try {
      const { watch, isOver } = await gateway.lookUp(caller, async () => {
        const found = await resolveWatch(ports, caller, watchRequest);
        return { watch: found, isOver: await hasSeenEnd(ports, found) };
      });
      // 204 stops an EventSource for good.
      if (isOver) return void response.status(204).end();
      if (request.method === 'HEAD') return void beginAnswer(response, sseFormat).end();
      const connection = gateway.open(response, { caller, format: sseFormat, watch, refuse: next });
      if (connection !== undefined) gateway.join(connection, watch, options);
    } catch (error) {
      if (!isRetryableFailure(error) || error instanceof TooManyStreamsError) throw error;
      sendAway(response, sseFormat, sseTaskEncoder.failed(error));
    }
  };
}

async function hasSeenEnd(ports: Pick<Ports, 'events'>, watch: Watch): Promise<boolean> {
  if (!('task' in watch) || watch.cursor === undefined) return false;
  return isSeenEnd(ports, watch.task, watch.cursor);
}

function isRetryableFailure(error: unknown): boolean {
  return error instanceof TaskwireError && error.isRetryable;
}

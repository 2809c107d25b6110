import { TaskwireError } from '@taskwire/protocol';
import { isSeenEnd, resolveWatch, type Ports, type Watch } from '@taskwire/router';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { requireCaller } from '../../../auth/authenticate.ts';
import type { TokenAuthority } from '../../../auth/tokens.ts';
import { beginAnswer } from '../../connection/begin-answer.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { sseTaskEncoder, sseFormat, sseTopicEncoder } from '../../formats/sse-format.ts';
import { sendAway } from '../../connection/send-away.ts';
import { TooManyStreamsError } from '../../limits/stream-limits.ts';
import type { ReadWatchRequest } from './watch-requests.ts';

/** Dependencies of the plain event streams. */
export interface EventStreamDependencies {
  ports: Pick<Ports, 'tasks' | 'projects' | 'events'>;
  authority: TokenAuthority;
  gateway: Gateway;
  logger: Logger;
}

/**
 * Answers with an event stream. An EventSource gives up for good at any status but 200. So a permanent failure has a
 * status, with the error as JSON, and a retryable failure ends the stream: the client comes back. A permanent failure
 * in the middle of a stream ends it, too, and the client meets the status when it comes back. Too many streams have a
 * status although that is retryable: the client would come back at once.
 */
export function answerStream(
  { ports, authority, gateway, logger }: EventStreamDependencies,
  readRequest: ReadWatchRequest,
): RequestHandler {
  const onFailure = (error: unknown) => {
    if (!isRetryableFailure(error)) logger.error({ err: error }, 'event stream failed');
  };
  const manner = { taskEncoder: () => sseTaskEncoder, topicEncoder: sseTopicEncoder, onFailure };
  return async (request, response, next) => {
    const caller = await requireCaller(authority, request.headers.authorization);
    const watchRequest = readRequest(request);
    try {
      const { watch, isOver } = await gateway.lookUp(caller, async () => {
        const found = await resolveWatch(ports, caller, watchRequest);
        return { watch: found, isOver: await hasSeenEnd(ports, found) };
      });
      // 204 stops an EventSource for good.
      if (isOver) return void response.status(204).end();
      if (request.method === 'HEAD') return void beginAnswer(response, sseFormat.headers).end();
      const connection = gateway.open(response, { caller, format: sseFormat, watch, refuse: next });
      if (connection !== undefined) gateway.join(connection, watch, manner);
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

import { TaskwireError, parseCursor } from '@taskwire/protocol';
import type { Caller, Ports } from '@taskwire/router';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { requireCaller } from '../auth/authenticate.ts';
import type { TokenAuthority } from '../auth/tokens.ts';
import { beginAnswer } from '../gateway/begin-answer.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { sseTaskEncoder, sseFormat, sseTopicEncoder } from '../gateway/sse-format.ts';
import { sendAway } from '../gateway/send-away.ts';
import { TooManyStreamsError } from '../gateway/stream-limits.ts';
import type { WatchRequest } from '../gateway/watch-request.ts';

/** What every plain event stream needs. */
export interface EventStreamDependencies {
  ports: Pick<Ports, 'tasks' | 'projects' | 'events'>;
  authority: TokenAuthority;
  gateway: Gateway;
  logger: Logger;
}

/** Who asks, and from where on. */
export interface Asking {
  caller: Caller;
  cursor: number | undefined;
}

/** Finds what is to be watched; undefined if there is nothing to come any more. */
export type FindWatch = (request: Request, asking: Asking) => Promise<WatchRequest | undefined>;

/** The cursor of a watcher: what an EventSource sends when it comes back, else what stands in the address. */
function cursorOf(request: Request): number | undefined {
  const header = request.headers['last-event-id'];
  const given: unknown = header ?? request.query['lastEventId'];
  if (given === undefined || typeof given === 'string') return parseCursor(given);
  throw new TaskwireError('INVALID_INPUT', 'lastEventId: give it once', {
    fields: [{ path: 'lastEventId', message: 'give it once' }],
  });
}

/**
 * Answers with an event stream. What coming back cannot help is answered by its status, as JSON: an EventSource gives up
 * for good at any status but 200. What waiting helps, and whatever comes up later, just ends the stream; so does a
 * permanent failure in the middle of it, which the next try meets at its beginning. Too many streams have a status, too:
 * those who ask for them would come back at once.
 */
export function answerStream({ authority, gateway, logger }: EventStreamDependencies, find: FindWatch): RequestHandler {
  const onFailure = (error: unknown) => {
    if (!isRetryableFailure(error)) logger.error({ err: error }, 'event stream failed');
  };
  const manner = { taskEncoder: () => sseTaskEncoder, topicEncoder: sseTopicEncoder, onFailure };
  return async (request, response, next) => {
    const caller = await requireCaller(authority, request.headers.authorization);
    const cursor = cursorOf(request);
    try {
      const watch = await gateway.lookUp(caller, () => find(request, { caller, cursor }));
      // 204 stops an EventSource for good.
      if (watch === undefined) return void response.status(204).end();
      if (request.method === 'HEAD') return void beginAnswer(response, sseFormat.headers).end();
      const connection = gateway.open(response, { caller, format: sseFormat, watch, refuse: next });
      if (connection !== undefined) gateway.join(connection, watch, manner);
    } catch (error) {
      if (!isRetryableFailure(error) || error instanceof TooManyStreamsError) throw error;
      sendAway(response, sseFormat, sseTaskEncoder.failed(error));
    }
  };
}

function isRetryableFailure(error: unknown): boolean {
  return error instanceof TaskwireError && error.isRetryable;
}

import { TaskwireError } from '@taskwire/protocol';
import type { Request, RequestHandler, Response } from 'express';
import { authenticateChallenge } from '../../auth/authenticate.ts';
import { answerUnread, isStillSending } from './answer-unread.ts';
import { errorBody, toTaskwireError } from './error-body.ts';

/** Time (s) after which a request that is refused for now may be repeated. */
const RETRY_AFTER_SECONDS = '5';

/** Writes an error as the answer. */
export function sendError(request: Request, response: Response, error: TaskwireError): void {
  if (error.code === 'UNAUTHENTICATED') {
    response.set('WWW-Authenticate', authenticateChallenge(request.headers.authorization));
  }
  if (error.isRetryable) response.set('Retry-After', RETRY_AFTER_SECONDS);
  response.status(error.status);
  if (isStillSending(request)) answerUnread(request, response, errorBody(error));
  else response.json(errorBody(error));
}

/** Logs faults of the server. A fault of the caller is only in the line of its request, by its status. */
function logRefusal(request: Request, error: TaskwireError, thrown: unknown): void {
  switch (error.code) {
    case 'INTERNAL':
      return request.log.error({ err: thrown }, 'request failed');
    case 'INSUFFICIENT_STORAGE':
      return request.log.error({ reason: error.message, err: error.cause }, 'request failed');
    case 'SERVICE_UNAVAILABLE':
      return request.log.warn({ reason: error.message, err: error.cause }, 'request refused for now');
    default:
  }
}

function answer(request: Request, response: Response, thrown: unknown): void {
  const error = toTaskwireError(thrown);
  logRefusal(request, error, thrown);
  if (response.headersSent) response.destroy();
  else sendError(request, response, error);
}

/** Runs handlers. Answers a thrown error with it, and a request that no handler takes with 404. */
export function answerErrors(routes: RequestHandler): RequestHandler {
  return (request, response) => {
    void routes(request, response, (thrown?: unknown) => {
      answer(request, response, thrown ?? new TaskwireError('NOT_FOUND', 'there is nothing at this address'));
    });
  };
}

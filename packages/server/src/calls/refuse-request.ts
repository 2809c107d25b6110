import type { TaskwireError } from '@taskwire/protocol';
import { routerConfig, toStreamError } from '@taskwire/router';
import { getErrorShape } from '@trpc/server/unstable-core-do-not-import';
import type { Request, Response } from 'express';
import { authenticateChallenge } from '../auth/authenticate.ts';
import { answerUnread, isStillSending } from '../http/answers/answer-unread.ts';

/** Time (s) after which a caller may ask again: calls in flight end soon. */
const RETRY_AFTER_SECONDS = '1';

/** Refuses a request to tRPC as a whole, with one error in tRPC's form. Its client uses it for every call of a batch. */
export function refuseRequest(request: Request, response: Response, refusal: TaskwireError): void {
  const error = getErrorShape({
    config: routerConfig,
    error: toStreamError(refusal),
    type: 'unknown',
    path: undefined,
    input: undefined,
    ctx: undefined,
  });
  if (refusal.code === 'UNAUTHENTICATED')
    response.set('WWW-Authenticate', authenticateChallenge(request.headers.authorization));
  if (refusal.isRetryable) response.set('Retry-After', RETRY_AFTER_SECONDS);
  response.status(refusal.status);
  if (isStillSending(request)) answerUnread(request, response, { error });
  else response.json({ error });
}

import { TaskwireError } from '@taskwire/protocol';
import { json, Router } from 'express';
import * as z from 'zod';
import { parseBody } from '../http/parse-body.ts';
import { isLoopbackRequest } from './loopback.ts';
import type { TokenAuthority } from './tokens.ts';
import { userIdOfName } from './user-id.ts';

const signInSchema = z.object({ name: z.string() });

/**
 * `POST /dev/sign-in` `{ name }` → `{ token, userId, expiresAt }`: anybody on this machine is whoever they say they
 * are. To everybody else it is not there.
 */
export function devSignIn(authority: TokenAuthority): Router {
  const router = Router();
  router.post('/dev/sign-in', json({ limit: '4kb' }), async (request, response) => {
    if (!isLoopbackRequest(request)) throw new TaskwireError('NOT_FOUND', 'there is nothing at this address');
    const { name } = parseBody(signInSchema, request.body);
    const userId = userIdOfName(name);
    response.set('Cache-Control', 'no-store').json({ userId, ...(await authority.issue(userId)) });
  });
  return router;
}

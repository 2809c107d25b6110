import { TaskwireError } from '@taskwire/protocol';
import { json, Router } from 'express';
import * as z from 'zod';
import { parseBody } from '../http/answers/parse-body.ts';
import { isLoopbackRequest } from './loopback.ts';
import type { SignInCode } from './sign-in-code.ts';
import type { TokenAuthority } from './tokens.ts';
import { userIdOfName } from './user-id.ts';

const signInSchema = z.object({
  name: z.string(),
  code: z.string({ error: 'is missing: open the link that the server printed when it started' }),
});

/**
 * `POST /dev/sign-in` `{ name, code }` → `{ token, userId, expiresAt }`: a person on this machine who has the code of this
 * start of the server signs in by any name. For other machines it does not exist; but a request that a proxy on this
 * machine passes on looks like a local one, so only the code tells who may.
 */
export function devSignIn(authority: TokenAuthority, code: SignInCode): Router {
  const router = Router();
  router.post('/dev/sign-in', json({ limit: '4kb' }), async (request, response) => {
    if (!isLoopbackRequest(request)) throw new TaskwireError('NOT_FOUND', 'there is nothing at this address');
    const { name, code: given } = parseBody(signInSchema, request.body);
    code.check(given);
    const userId = userIdOfName(name);
    response.set('Cache-Control', 'no-store').json({ userId, ...(await authority.issue(userId)) });
  });
  return router;
}

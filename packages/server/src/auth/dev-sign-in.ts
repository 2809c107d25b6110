import { TaskwireError, fieldErrors, invalidInput } from '@taskwire/protocol';
import { json, Router } from 'express';
import * as z from 'zod';
import { isLoopbackRequest } from './loopback.ts';
import type { SignInCode } from './sign-in-code.ts';
import type { TokenAuthority } from './tokens.ts';
import { userIdOfName } from './user-id.ts';

const signInSchema = z.object({
  name: z.string(),
  code: z.string({ error: 'is missing: open the link that the server printed when it started' }),
});

/**
 * `POST /dev/sign-in` `{ name, code }` → `{ token, userId, expiresAt }`: signs a person on this machine in by any name, with
 * the code of this start of the server. Requests of other machines get 404. A request through a proxy on this machine
 * looks local, so the code alone decides.
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

/** A request's JSON body, checked. @throws TaskwireError INVALID_INPUT naming each refused field. */
function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = fieldErrors(parsed.error, { whole: '(body)' });
  const remedy = 'send JSON with "Content-Type: application/json"';
  throw invalidInput(body === undefined ? fields.map(({ path }) => ({ path, message: remedy })) : fields);
}

import type { IncomingMessage } from 'node:http';
import { within } from '@taskwire/process-kit';
import { TaskwireError } from '@taskwire/protocol';
import { unauthenticated, type CallContext, type Caller } from '@taskwire/router';
import * as z from 'zod';
import { isOfOtherOrigin } from './other-origin.ts';
import { userIdSchema } from './user-id.ts';

/** Longest time (ms) in which the user of a request is found: a session store that hangs must not hold all requests. */
const AUTHENTICATE_MS = 10_000;

/** The user of a request. */
export interface AuthenticatedUser {
  /** 1 to 200 characters, none of them a control character. Tasks, projects and uploads belong to it. */
  userId: string;
  /** Time (ms since 1970) at which the credentials expire. Streams and held answers end by then. */
  expiresAt?: number | undefined;
}

/**
 * Says who sends a request, from its headers: an app's session, a cookie, a token. It must not read the body.
 * @returns nothing for a request without credentials.
 * @throws TaskwireError UNAUTHENTICATED to refuse the credentials, with the reason in words for the caller. Any other error
 * is a fault of the server, which callers see without its message.
 */
export type Authenticate = (request: IncomingMessage) => Found | Promise<Found>;

type Found = AuthenticatedUser | null | undefined;

/** The caller, or the reason of a refusal, or (without credentials) neither. */
export type Authentication = Pick<CallContext, 'caller' | 'refused' | 'signInHint'>;

/** Says who sends a request. Bad credentials are no error here: some calls need none. */
export interface Authenticator {
  /** @throws TaskwireError INTERNAL, or as `authenticate` throws it, if that is not known. */
  readonly authenticate: (request: IncomingMessage) => Promise<Authentication>;
  /** The caller of a request that needs one. @throws TaskwireError UNAUTHENTICATED. */
  readonly requireCaller: (request: IncomingMessage) => Promise<Caller>;
}

/** A time (ms since 1970) in 1973. A smaller one is given in seconds, as `exp` of a token is. */
const EARLIEST_MS = 1e11;

const userSchema = z.object({
  userId: userIdSchema,
  expiresAt: z.number().min(EARLIEST_MS, 'seconds, as it seems: give milliseconds since 1970').optional(),
});

/**
 * @param settings.usesCookies whether browsers may send the credentials by themselves. Then requests that change something
 * must not come from pages of other origins.
 */
export function createAuthenticator(
  authenticate: Authenticate,
  { usesCookies, signInHint }: { usesCookies: boolean; signInHint: string },
): Authenticator {
  const check = async (request: IncomingMessage): Promise<Authentication> => {
    if (usesCookies && isOfOtherOrigin(request))
      return { refused: 'a page of another origin must not send cookies or passwords here' };
    try {
      const user = await within(AUTHENTICATE_MS, Promise.resolve(authenticate(request)), tooSlow);
      return user === undefined || user === null ? { signInHint } : authenticationOf(user);
    } catch (error) {
      if (!(error instanceof TaskwireError)) throw fault(error);
      if (error.code !== 'UNAUTHENTICATED') throw error;
      return { refused: error.message };
    }
  };
  return {
    authenticate: check,
    async requireCaller(request) {
      const authentication = await check(request);
      if (authentication.caller === undefined) throw unauthenticated(authentication);
      return authentication.caller;
    },
  };
}

/** @throws Error for an answer that breaks the rules: two users could be taken for one. */
function authenticationOf(user: AuthenticatedUser): Authentication {
  const checked = userSchema.safeParse(user);
  if (!checked.success) throw new Error('authenticate() gave no usable user', { cause: checked.error });
  const { userId, expiresAt } = checked.data;
  if (expiresAt === undefined) return { caller: { userId } };
  // Its streams would end at once, and their clients would come back for ever.
  return expiresAt > Date.now() ? { caller: { userId, expiresAt } } : { refused: 'your sign-in has expired' };
}

function tooSlow(): TaskwireError {
  return new TaskwireError('SERVICE_UNAVAILABLE', 'the server did not find out in time who you are; try again');
}

function fault(cause: unknown): TaskwireError {
  return new TaskwireError('INTERNAL', 'something went wrong on the server', { cause });
}

/** The WWW-Authenticate header (RFC 6750, section 3). It has an error for refused credentials, and none for missing ones. */
export function authenticateChallenge(refused: string | undefined): string {
  return refused === undefined ? 'Bearer realm="taskwire"' : 'Bearer realm="taskwire", error="invalid_token"';
}

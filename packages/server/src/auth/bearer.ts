import { TaskwireError } from '@taskwire/protocol';
import { checkSecret } from '../env.ts';
import type { Authenticate } from './authenticate.ts';
import { createTokenAuthority, type TokenAuthority } from './tokens.ts';

/** Remedy for a request without a token. */
export const NO_TOKEN = 'send a token: "Authorization: Bearer <token>"';

/** Signs in by tokens. */
export interface BearerAuthenticate extends Authenticate {
  /** Makes and checks the tokens. */
  readonly tokens: TokenAuthority;
}

/** The functions that `bearer` has made. A function of a team may have a property `tokens` of its own. */
const made = new WeakSet<Authenticate>();

/** Whether a function is that of `bearer`. */
export function isBearer(authenticate: Authenticate): authenticate is BearerAuthenticate {
  return made.has(authenticate);
}

/**
 * Authenticates by the token in `Authorization: Bearer <token>`: a JSON Web Token (HS256) with issuer and audience
 * `taskwire`, whose `sub` is the user id. `taskwire token` makes one.
 * @param options.secret the secret that signs the tokens, at least 32 characters; if absent, the variable AUTH_SECRET.
 * @throws EnvironmentError if there is no secret, or one that is easy to guess.
 */
export function bearer({ secret }: { secret?: string | undefined } = {}): BearerAuthenticate {
  const tokens = createTokenAuthority(checkSecret(secret));
  const authenticate: Authenticate = ({ headers: { authorization } }) => {
    if (authorization === undefined) return undefined;
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (token !== undefined) return tokens.verify(token);
    throw new TaskwireError('UNAUTHENTICATED', `the Authorization header is of another form; ${NO_TOKEN}`);
  };
  const signingIn = Object.assign(authenticate, { tokens });
  made.add(signingIn);
  return signingIn;
}

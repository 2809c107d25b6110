import { TaskwireError } from '@taskwire/protocol';
import type { CallContext, Caller } from '@taskwire/router';
import type { TokenAuthority } from './tokens.ts';

/** The caller, or the reason of a refusal, or (without credentials) neither. */
export type Authentication = Pick<CallContext, 'caller' | 'refused'>;

const NO_TOKEN = 'send a token: "Authorization: Bearer <token>"';

/** Reads an Authorization header. Bad credentials are no error here: some calls need none. */
export async function authenticate(authority: TokenAuthority, header: string | undefined): Promise<Authentication> {
  if (header === undefined) return {};
  const token = /^Bearer +(\S+) *$/i.exec(header)?.[1];
  if (token === undefined) return { refused: `the Authorization header is of another form; ${NO_TOKEN}` };
  try {
    return { caller: await authority.verify(token) };
  } catch (error) {
    if (error instanceof TaskwireError) return { refused: error.message };
    throw error;
  }
}

/** The caller of a request that needs one. @throws TaskwireError UNAUTHENTICATED. */
export async function requireCaller(authority: TokenAuthority, header: string | undefined): Promise<Caller> {
  const { caller, refused } = await authenticate(authority, header);
  if (caller === undefined) throw new TaskwireError('UNAUTHENTICATED', refused ?? NO_TOKEN);
  return caller;
}

/** The WWW-Authenticate header (RFC 6750, section 3). It has an error for refused credentials, and none for missing ones. */
export function authenticateChallenge(refused: string | undefined): string {
  return refused === undefined ? 'Bearer realm="taskwire"' : 'Bearer realm="taskwire", error="invalid_token"';
}

import type { SignIn } from '@taskwire/client';
import { SECRET_REMEDY, identityProblem, weaknessOf } from '@taskwire/protocol';
import { SignJWT } from 'jose';
import { UsageError } from './usage-error.ts';

/** Lifetime (seconds) of a token. */
const LIFETIME_SECONDS = 12 * 60 * 60;

/**
 * Signs a token with the server's secret, as the server would.
 * @throws UsageError for a secret or a user id that every server refuses.
 */
export async function signToken(secret: string, userId: string): Promise<SignIn> {
  const weakness = weaknessOf(secret);
  if (weakness !== undefined) {
    throw new UsageError(
      `AUTH_SECRET: ${weakness}: use the server's own, or unset it; for a new server, ${SECRET_REMEDY}`,
    );
  }
  const problem = userId === '' ? 'must not be empty' : identityProblem(userId);
  if (problem !== undefined) throw new UsageError(`--name: ${problem}`);
  const expiresAt = Math.floor(Date.now() / 1_000) + LIFETIME_SECONDS;
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuer('taskwire')
    .setAudience('taskwire')
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(new TextEncoder().encode(secret));
  return { token, userId, expiresAt: expiresAt * 1_000 };
}

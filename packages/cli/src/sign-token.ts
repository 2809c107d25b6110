import type { SignIn } from '@taskwire/client';
import { SignJWT } from 'jose';
import { UsageError } from './usage-error.ts';

const LIFETIME_SECONDS = 12 * 60 * 60;
const SHORTEST_SECRET = 32;

/**
 * Makes a token as the server itself would: for those who have its secret.
 * @throws UsageError if the secret is too short to be the server's.
 */
export async function signToken(secret: string, userId: string): Promise<SignIn> {
  if (secret.length < SHORTEST_SECRET) {
    throw new UsageError(
      `AUTH_SECRET: must have at least ${SHORTEST_SECRET} characters; use the server's own, or unset it`,
    );
  }
  if (userId === '') throw new UsageError('--name: must not be empty');
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

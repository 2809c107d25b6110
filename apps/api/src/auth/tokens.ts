import { webcrypto } from 'node:crypto';
import { TaskwireError } from '@taskwire/protocol';
import { SignJWT, errors, jwtVerify } from 'jose';
import * as z from 'zod';

const ALGORITHM = 'HS256';
const ISSUER = 'taskwire';
const AUDIENCE = 'taskwire';
const LIFETIME_MS = 12 * 60 * 60 * 1_000;

/** A user id: what stands in a token's `sub`. No control characters: it is stored and logged. */
const userIdSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}+$/u);

/** Makes and checks bearer tokens. */
export interface TokenAuthority {
  /** A token for a user, good for 12 hours. `expiresAt` is milliseconds since 1970. */
  issue(userId: string): Promise<{ token: string; expiresAt: number }>;
  /** The user id in a token. @throws TaskwireError UNAUTHENTICATED saying what is wrong with it. */
  verify(token: string): Promise<string>;
}

function refusal(message: string): TaskwireError {
  return new TaskwireError('UNAUTHENTICATED', message);
}

/** Tokens that are JSON Web Tokens signed with one shared secret. */
export function createTokenAuthority(secret: string): TokenAuthority {
  // Once: it is needed for every request, and by thousands of watchers who come back together.
  const importing = webcrypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  );
  return {
    async issue(userId) {
      const expiresAt = Math.floor((Date.now() + LIFETIME_MS) / 1_000);
      const token = await new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM })
        .setSubject(userId)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(await importing);
      return { token, expiresAt: expiresAt * 1_000 };
    },
    async verify(token) {
      const subject = await verifiedSubject(token, await importing);
      const userId = userIdSchema.safeParse(subject);
      if (!userId.success) throw refusal('the token names no user this server could know: get a new one');
      return userId.data;
    },
  };
}

async function verifiedSubject(token: string, key: webcrypto.CryptoKey): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'exp'],
    });
    return payload.sub;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw refusal('the token has expired: get a new one');
    if (error instanceof errors.JWTClaimValidationFailed) {
      throw refusal(`the token's claim "${error.claim}" is missing or not meant for this server: get a new one`);
    }
    throw refusal('the token is malformed or was not signed by this server: get a new one');
  }
}

import { webcrypto } from 'node:crypto';
import { TaskwireError } from '@taskwire/protocol';
import type { Caller } from '@taskwire/router';
import { SignJWT, errors, jwtVerify, type JWTPayload } from 'jose';
import { userIdSchema } from './user-id.ts';

const ALGORITHM = 'HS256';
const ISSUER = 'taskwire';
const AUDIENCE = 'taskwire';
const LIFETIME_MS = 12 * 60 * 60 * 1_000;

/** Largest difference (s) between this clock and that of the token's issuer: for `nbf`, `iat` and `exp`. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** The caller that a token names. Streams that the token opened end at `expiresAt` (ms since 1970). */
export type VerifiedCaller = Caller & { expiresAt: number };

/** Makes and checks bearer tokens. */
export interface TokenAuthority {
  /** A token for a user, good for 12 hours. `expiresAt` is milliseconds since 1970. */
  issue(userId: string): Promise<{ token: string; expiresAt: number }>;
  /** The caller that a token names, and the token's expiry. @throws TaskwireError UNAUTHENTICATED with the reason. */
  verify(token: string): Promise<VerifiedCaller>;
}

function refusal(message: string): TaskwireError {
  return new TaskwireError('UNAUTHENTICATED', message);
}

/** Tokens that are JSON Web Tokens signed with one shared secret. */
export function createTokenAuthority(secret: string): TokenAuthority {
  // Imported once: every request needs it, and thousands of watchers come back together.
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
      const { sub, exp } = await verifiedClaims(token, await importing);
      const userId = userIdSchema.safeParse(sub);
      if (!userId.success) throw refusal('the token names no user this server could know: get a new one');
      return { userId: userId.data, expiresAt: endOf(exp) };
    },
  };
}

/** A token that is accepted after its `exp`, within the tolerance, is good for the length of the tolerance. */
function endOf(exp: number | undefined): number {
  const expiresAt = (exp ?? 0) * 1_000;
  return expiresAt > Date.now() ? expiresAt : expiresAt + CLOCK_TOLERANCE_SECONDS * 1_000;
}

async function verifiedClaims(token: string, key: webcrypto.CryptoKey): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    checkIssuedAt(payload);
    return payload;
  } catch (error) {
    if (error instanceof TaskwireError) throw error;
    if (error instanceof errors.JWTExpired) throw refusal(EXPIRED);
    if (error instanceof errors.JWTClaimValidationFailed) {
      if (error.claim === 'nbf' && error.reason === 'check_failed') throw refusal(NOT_YET);
      throw refusal(`the token's claim "${error.claim}" is missing or not meant for this server: get a new one`);
    }
    throw refusal('the token is malformed or was not signed by this server: get a new one');
  }
}

const EXPIRED = 'the token has expired: get a new one; if it is new, check the clock of the machine that made it';
const NOT_YET = 'the token is not valid yet: check the clock of the machine that made it';

/** @throws TaskwireError UNAUTHENTICATED for a token from the future. */
function checkIssuedAt({ iat }: JWTPayload): void {
  if (iat !== undefined && iat > Date.now() / 1_000 + CLOCK_TOLERANCE_SECONDS) throw refusal(NOT_YET);
}

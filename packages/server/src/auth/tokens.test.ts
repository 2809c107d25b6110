import { createHmac } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { createAuthenticator } from './authenticate.ts';
import { NO_TOKEN, bearer } from './bearer.ts';
import { createTokenAuthority } from './tokens.ts';

const secret = 'a secret of the tests, long enough to be one';
const authority = createTokenAuthority(secret);
const HOUR_MS = 3_600_000;

/** Seconds since 1970, from now on. */
const seconds = (fromNow: number) => Math.floor(Date.now() / 1_000) + fromNow;

interface Claims {
  nbf?: number;
  iat?: number;
  sub?: string;
  iss?: string;
  aud?: string;
  exp?: number;
}

/** A token with claims and a key of the test's choice. */
function sign(claims: Claims, key = secret): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(key));
}

const inAnHour = Math.floor((Date.now() + HOUR_MS) / 1_000);
const goodClaims = { sub: 'ada', iss: 'taskwire', aud: 'taskwire', exp: inAnHour };

test('an issued token says who it is for, for 12 hours', async () => {
  const { token, expiresAt } = await authority.issue('ada');
  expect(await authority.verify(token)).toEqual({ userId: 'ada', expiresAt });
  const hoursLeft = (expiresAt - Date.now()) / HOUR_MS;
  expect(hoursLeft).toBeGreaterThan(11.9);
  expect(hoursLeft).toBeLessThanOrEqual(12);
});

test('a token made elsewhere with the same secret and claims is good', async () => {
  expect(await authority.verify(await sign(goodClaims))).toMatchObject({ userId: 'ada' });
});

test('an expired token is refused as expired', async () => {
  const token = await sign({ ...goodClaims, exp: seconds(-10) });
  await expect(authority.verify(token)).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    message: expect.stringMatching(/expired/),
  });
});

test('a token signed with another secret, cut, or unsigned is refused as such', async () => {
  const good = await sign(goodClaims);
  const unsigned = `${btoa('{"alg":"none"}')}.${good.split('.')[1] ?? ''}.`;
  for (const token of [
    await sign(goodClaims, 'another secret of at least 32 characters'),
    good.slice(0, -2),
    'x',
    unsigned,
  ]) {
    await expect(authority.verify(token)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringMatching(/malformed or was not/),
    });
  }
});

test.each([
  ['sub', { iss: 'taskwire', aud: 'taskwire', exp: inAnHour }],
  ['exp', { sub: 'ada', iss: 'taskwire', aud: 'taskwire' }],
  ['iss', { ...goodClaims, iss: 'somebody' }],
  ['aud', { ...goodClaims, aud: 'something' }],
])('a token without the right %s is refused, naming it', async (claim, claims) => {
  await expect(authority.verify(await sign(claims))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    message: expect.stringContaining(`"${claim}"`),
  });
});

test.each(['', 'a\nb', 'x'.repeat(201)])('a user id that could not be stored or logged is refused', async (sub) => {
  await expect(authority.verify(await sign({ ...goodClaims, sub }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test.each(['ada\ud800', 'ada\udfff', '\ude00\ud83d', 'ada\ufffd', 'ada\0'])(
  'a user id that would be stored as that of another is refused: %j',
  async (sub) => {
    await expect(authority.verify(await sign({ ...goodClaims, sub }))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining('names no user'),
    });
  },
);

test('a user id that is no UTF-8 is refused, even if it is signed', async () => {
  const encode = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64url');
  const claims = Buffer.from(JSON.stringify({ ...goodClaims, sub: 'ada@' }));
  claims[claims.indexOf('@')] = 0xff;
  const signed = `${encode('{"alg":"HS256"}')}.${encode(claims)}`;
  const mac = createHmac('sha256', secret).update(signed).digest('base64url');
  await expect(authority.verify(`${signed}.${mac}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('a user id in any script is taken', async () => {
  for (const sub of ['Ада', '艾达', 'ada \u{1f600}', 'a'.repeat(200)]) {
    expect(await authority.verify(await sign({ ...goodClaims, sub }))).toMatchObject({ userId: sub });
  }
});

test('missing, misformed and bad credentials have different refusals', async () => {
  const authenticator = createAuthenticator(bearer({ secret }), { usesCookies: false, signInHint: NO_TOKEN });
  const authenticate = (authorization?: string) => {
    const request = new IncomingMessage(new Socket());
    if (authorization !== undefined) request.headers.authorization = authorization;
    return authenticator.authenticate(request);
  };
  expect(await authenticate()).toEqual({ signInHint: NO_TOKEN });
  expect(await authenticate('Basic YTpi')).toEqual({ refused: expect.stringMatching(/another form/) });
  expect(await authenticate('Bearer x')).toEqual({ refused: expect.stringMatching(/malformed/) });
  expect(await authenticate(`bearer ${await sign(goodClaims)}`)).toEqual({
    caller: { userId: 'ada', expiresAt: inAnHour * 1_000 },
  });
});

describe('a clock that differs', () => {
  test.each([
    ['nbf', 3],
    ['iat', 3],
    ['exp', -3],
    ['nbf', -1_000],
    ['iat', -1_000_000],
  ])('is tolerated for %s by a few seconds: %d s', async (claim, fromNow) => {
    const token = await sign({ ...goodClaims, [claim]: seconds(fromNow) });
    const { userId, expiresAt } = await authority.verify(token);
    expect(userId).toBe('ada');
    // A stream that opens within the tolerance ends with it.
    expect(expiresAt).toBeGreaterThan(Date.now());
  });

  test.each([
    ['nbf', 30, /not valid yet: check the clock of the machine that made it/],
    ['iat', 30, /not valid yet: check the clock of the machine that made it/],
    ['exp', -30, /has expired: get a new one; if it is new, check the clock/],
  ])('is named where %s is more than that off: %d s', async (claim, fromNow, message) => {
    await expect(authority.verify(await sign({ ...goodClaims, [claim]: seconds(fromNow) }))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringMatching(message),
    });
  });

  test.each([
    { ...goodClaims, nbf: 1e300 },
    { ...goodClaims, iat: 1e300 },
  ])('by however much', async (claims) => {
    await expect(authority.verify(await sign(claims))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { authenticate } from './authenticate.ts';
import { createTokenAuthority } from './tokens.ts';

const secret = 'a secret of the tests, long enough to be one';
const authority = createTokenAuthority(secret);
const HOUR_MS = 3_600_000;

interface Claims {
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
  expect(await authority.verify(token)).toBe('ada');
  const hoursLeft = (expiresAt - Date.now()) / HOUR_MS;
  expect(hoursLeft).toBeGreaterThan(11.9);
  expect(hoursLeft).toBeLessThanOrEqual(12);
});

test('a token made elsewhere with the same secret and claims is good', async () => {
  expect(await authority.verify(await sign(goodClaims))).toBe('ada');
});

test('an expired token is told to be expired', async () => {
  const token = await sign({ ...goodClaims, exp: Math.floor(Date.now() / 1_000) - 1 });
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

test('missing, misformed and bad credentials are told apart', async () => {
  expect(await authenticate(authority, undefined)).toEqual({});
  expect(await authenticate(authority, 'Basic YTpi')).toEqual({ refused: expect.stringMatching(/another form/) });
  expect(await authenticate(authority, 'Bearer x')).toEqual({ refused: expect.stringMatching(/malformed/) });
  expect(await authenticate(authority, `bearer ${await sign(goodClaims)}`)).toEqual({ caller: { userId: 'ada' } });
});

import { IncomingMessage, type IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createAuthenticator, type Authenticate } from './authenticate.ts';
import { bearer, isBearer } from './bearer.ts';

const SECRET = 'a secret of the tests, long enough to be one';

function requestOf(headers: IncomingHttpHeaders = {}, method = 'POST'): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { method, headers });
}

function check(authenticate: Authenticate, request = requestOf()) {
  return createAuthenticator(authenticate, { usesCookies: true, signInHint: 'sign in first' }).authenticate(request);
}

describe('a page of another origin', () => {
  const foreign = { host: 'app.example', 'sec-fetch-site': 'cross-site' };
  const authenticate = () => ({ userId: 'ada' });

  test.each([
    [{ cookie: 'session=ada' }],
    [{ authorization: 'Basic YWRhOng=' }],
    [{ authorization: 'negotiate YII=' }],
    [{ authorization: 'Digest username="ada"', cookie: 'theme=dark' }],
  ])('has no use of what the browser adds by itself: %j', async (credentials) => {
    expect(await check(authenticate, requestOf({ ...foreign, ...credentials }))).toEqual({
      refused: expect.stringContaining('another origin'),
    });
    expect(await check(authenticate, requestOf({ host: 'app.example', ...credentials }))).toHaveProperty('caller');
  });

  test.each([{}, { authorization: 'Bearer x' }, { authorization: 'Bearer x', cookie: 'session=ada' }])(
    'may send what it holds itself: %j',
    async (credentials) => {
      expect(await check(authenticate, requestOf({ ...foreign, ...credentials }))).toHaveProperty('caller');
    },
  );
});

test('only the function of bearer() is taken for it, and not one that has tokens', () => {
  const own = Object.assign(() => ({ userId: 'ada' }), { tokens: new Map<string, string>() });
  expect([isBearer(bearer({ secret: SECRET })), isBearer(own)]).toEqual([true, false]);
});

import { inspect } from 'node:util';
import { IncomingMessage, type IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import { TaskwireError } from '@taskwire/protocol';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createAuthenticator, type Authenticate } from './authenticate.ts';
import { bearer, isBearer } from './bearer.ts';

const SECRET = 'a secret of the tests, long enough to be one';

afterEach(() => {
  vi.useRealTimers();
});

function requestOf(headers: IncomingHttpHeaders = {}, method = 'POST'): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { method, headers });
}

function check(authenticate: Authenticate, request = requestOf()) {
  return createAuthenticator(authenticate, { usesCookies: true, signInHint: 'sign in first' }).authenticate(request);
}

describe('the answer of a team’s function', () => {
  test.each([undefined, null])('%s is no credentials', async (answer) => {
    expect(await check(() => answer)).toEqual({ signInHint: 'sign in first' });
    expect(await check(async () => answer)).toEqual({ signInHint: 'sign in first' });
  });

  test('is a user without the other fields of a session', async () => {
    const session = { userId: 'ada', refused: false, caller: { userId: 'eve' } };
    expect(await check(() => session)).toEqual({ caller: { userId: 'ada' } });
  });

  test('may be that of `bearer` where there is no session, also for a program that sends no cookie', async () => {
    const byToken = bearer({ secret: SECRET });
    const { token } = await byToken.tokens.issue('ada');
    const authenticate: Authenticate = async (request) =>
      request.headers.cookie === 'session=eve' ? { userId: 'eve' } : byToken(request);
    const authorization = `Bearer ${token}`;
    expect(await check(authenticate, requestOf({ authorization }))).toMatchObject({ caller: { userId: 'ada' } });
    expect(await check(authenticate, requestOf({ cookie: 'session=eve' }))).toEqual({ caller: { userId: 'eve' } });
    expect(await check(authenticate)).toEqual({ signInHint: 'sign in first' });
    expect(await check(authenticate, requestOf({ authorization: 'Bearer x' }))).toHaveProperty('refused');
  });

  test('is refused if it has expired', async () => {
    const expiresAt = Date.now() + 60_000;
    expect(await check(() => ({ userId: 'ada', expiresAt }))).toEqual({ caller: { userId: 'ada', expiresAt } });
    expect(await check(() => ({ userId: 'ada', expiresAt: Date.now() - 1 }))).toEqual({
      refused: 'your sign-in has expired',
    });
  });

  test('whose expiry is given in seconds is a fault of the server, and its cause names the field', async () => {
    const inSeconds = check(() => ({ userId: 'ada', expiresAt: Math.floor(Date.now() / 1_000) + 60 }));
    await expect(inSeconds).rejects.toMatchObject({ code: 'INTERNAL' });
    const error: unknown = await inSeconds.catch((thrown: unknown) => thrown);
    expect(inspect(error, { depth: 5 })).toMatch(/expiresAt[^]*milliseconds since 1970/);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'hunter2'],
    ['an error of another library', Object.assign(new Error('hunter2'), { code: 'UNAUTHENTICATED' })],
  ])('that throws %s is a fault of the server', async (_thrown, thrown) => {
    const rejected = { code: 'INTERNAL', message: 'something went wrong on the server' };
    await expect(check(vi.fn<Authenticate>().mockThrow(thrown))).rejects.toMatchObject(rejected);
    await expect(check(vi.fn<Authenticate>().mockRejectedValue(thrown))).rejects.toMatchObject(rejected);
  });

  test('that throws another error of Taskwire is that error', async () => {
    const away = new TaskwireError('SERVICE_UNAVAILABLE', 'the sessions are away');
    await expect(check(() => Promise.reject(away))).rejects.toBe(away);
  });

  test('that never comes is refused after ten seconds', async () => {
    vi.useFakeTimers();
    const checking = check(() => new Promise(() => undefined));
    const refused = expect(checking).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await vi.advanceTimersByTimeAsync(10_000);
    await refused;
    expect(vi.getTimerCount()).toBe(0);
  });
});

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

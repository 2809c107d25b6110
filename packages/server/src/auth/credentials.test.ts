import { request as httpRequest } from 'node:http';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { SIGN_IN_CODE, createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

let backing: Backing;
let server: TestServer;

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

function expiredToken(): Promise<string> {
  return new SignJWT({ sub: 'ada', iss: 'taskwire', aud: 'taskwire', exp: 1_000_000_000 })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(server.environment.authSecret));
}

const endpoints = [
  ['a tRPC query', 'GET', '/trpc/project.list'],
  ['a tRPC mutation', 'POST', '/trpc/project.create'],
  ['an upload', 'POST', '/api/v1/uploads'],
  ['plain SSE', 'GET', '/api/v1/sse/tasks/00000000-0000-4000-8000-000000000000/progress'],
] as const;

describe.each(endpoints)('%s', (_name, method, path) => {
  const call = (credentials: Record<string, string>) =>
    fetch(server.url + path, { method, headers: { 'content-type': 'application/json', ...credentials } });

  test('without a token is answered 401, saying what to send', async () => {
    const response = await call({});
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="taskwire"');
    expect(await response.text()).toMatch(/send a token: \\"Authorization: Bearer <token>\\"/);
  });

  test('with a bad token is answered 401, saying that it is bad', async () => {
    const response = await call({ authorization: 'Bearer not-a-token' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(await response.text()).toMatch(/malformed or was not signed/);
  });

  test('with an expired token is answered 401, saying that it has expired', async () => {
    const response = await call({ authorization: `Bearer ${await expiredToken()}` });
    expect(response.status).toBe(401);
    expect(await response.text()).toMatch(/the token has expired/);
  });
});

test('a subscription without a token is refused in its stream', async () => {
  const taskId = '00000000-0000-4000-8000-000000000000';
  const response = await fetch(
    `${server.url}/trpc/task.onProgress?input=${encodeURIComponent(JSON.stringify({ taskId }))}`,
  );
  expect(await response.text()).toMatch(/event: serialized-error\ndata: .*"code":"UNAUTHORIZED"/);
});

/** Signs in over a connection of one's own, so that any header can be set. */
function signIn(url: string, { headers = {}, body }: { headers?: Record<string, string>; body: string }) {
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const request = httpRequest(`${url}/api/v1/dev/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    request.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, body: text }));
    });
    request.end(body);
  });
}

const signedIn = z.object({ token: z.string(), userId: z.string(), expiresAt: z.int() });

describe('signing in by name', () => {
  const code = SIGN_IN_CODE;
  const body = JSON.stringify({ name: 'Ada Lovelace', code });

  test('gives a token that works, for the same user each time', async () => {
    const answer = await signIn(server.url, { body });
    const { token, userId, expiresAt } = signedIn.parse(JSON.parse(answer.body));
    expect(userId).toBe('ada-lovelace');
    expect(expiresAt).toBeGreaterThan(Date.now());
    expect(await server.authority.verify(token)).toEqual({ userId: 'ada-lovelace', expiresAt });
  });

  test.each(['localhost', '127.0.0.1:9', '[::1]:4000', 'LOCALHOST:1'])('is open to the host name %s', async (host) => {
    expect((await signIn(server.url, { body, headers: { host } })).status).toBe(200);
  });

  test.each(['evil.example', 'localhost.evil.example', '127.evil.example', 'localhost@evil.example'])(
    'is not there under the host name "%s", to which a foreign site may have been made to resolve',
    async (host) => {
      expect((await signIn(server.url, { body, headers: { host } })).status).toBe(404);
    },
  );

  test.each(['x-forwarded-for', 'forwarded', 'x-real-ip'])('is not there behind a proxy (%s)', async (name) => {
    expect((await signIn(server.url, { body, headers: { [name]: '127.0.0.1' } })).status).toBe(404);
  });

  test.each([{}, { name: 5 }, { name: '' }, { name: '!' }, { name: 'x'.repeat(65) }])(
    'without a name is refused, naming the field: %j',
    async (bad) => {
      const answer = await signIn(server.url, { body: JSON.stringify({ ...bad, code }) });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { fields: [{ path: 'name' }] } });
    },
  );

  test.each([undefined, '', 'x', `${code}x`, code.toUpperCase(), 5, [code]])(
    'without the code of this start is refused, as from a plain proxy that says nothing of itself: %j',
    async (bad) => {
      const fresh = await startTestServer(backing);
      try {
        const answer = await signIn(fresh.url, { body: JSON.stringify({ name: 'root', code: bad }) });
        expect(answer.status).toBe(400);
        expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'INVALID_INPUT', fields: [{ path: 'code' }] } });
        expect(answer.body).toContain('open the link');
        expect(answer.body + fresh.logs()).not.toContain(code);
      } finally {
        await fresh.stop();
      }
    },
  );

  test('is refused with every code after ten wrong ones', async () => {
    const fresh = await startTestServer(backing);
    try {
      const wrong = JSON.stringify({ name: 'root', code: 'x' });
      for (let tries = 0; tries < 10; tries += 1) expect((await signIn(fresh.url, { body: wrong })).status).toBe(400);
      expect((await signIn(fresh.url, { body: wrong })).status).toBe(429);
      expect((await signIn(fresh.url, { body })).status).toBe(429);
    } finally {
      await fresh.stop();
    }
  });

  test('needs another code at each start, which is in the link of that start, if none is given', async () => {
    const links: string[] = [];
    for (let starts = 0; starts < 2; starts += 1) {
      const fresh = await startTestServer(backing, { hasOwnSignInCode: false });
      links.push(fresh.signInLink ?? '');
      const own = new URL(fresh.signInLink ?? '').hash.slice('#code='.length);
      expect((await signIn(fresh.url, { body: JSON.stringify({ name: 'ada', code: own }) })).status).toBe(200);
      await fresh.stop();
    }
    expect(links[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]{22}$/);
    expect(new URL(links[0] ?? '').hash).not.toBe(new URL(links[1] ?? '').hash);
  });

  test('takes JSON only: a form, which a foreign page could send, says nothing', async () => {
    const answer = await signIn(server.url, { body, headers: { 'content-type': 'text/plain' } });
    expect(answer.status).toBe(400);
  });

  test('with broken JSON, or too much of it, is refused', async () => {
    expect((await signIn(server.url, { body: '{' })).status).toBe(400);
    expect((await signIn(server.url, { body: `{"name":"${'x'.repeat(5_000)}"}` })).status).toBe(413);
  });

  test('is not there unless AUTH_MODE=dev', async () => {
    const strict = await startTestServer(backing, { environment: { authMode: 'token' } });
    try {
      expect((await signIn(strict.url, { body })).status).toBe(404);
      const config = await fetch(`${strict.url}/api/v1/config`);
      expect(await config.json()).toMatchObject({ authMode: 'token' });
    } finally {
      await strict.stop();
    }
  });
});

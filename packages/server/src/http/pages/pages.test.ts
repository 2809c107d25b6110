import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { readTask } from '@taskwire/router/testing';
import { createTaskCatalog } from '@taskwire/tasks';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';

let backing: Backing;
let server: TestServer;
const folder = useTemporaryFolder('pages');

async function build(name: string): Promise<string> {
  const directory = join(folder.path, name);
  await mkdir(join(directory, 'assets'), { recursive: true });
  await writeFile(join(directory, 'index.html'), `<!doctype html><title>${name}</title>`);
  await writeFile(join(directory, 'assets', 'main-1a2b3c.js'), `console.log('${name}')`);
  return directory;
}

beforeAll(async () => {
  backing = await createBacking();
  const webApps = [
    // As a team may write it.
    { path: '/vue', name: 'Vue', directory: `${relative('', await build('Vue'))}/` },
    { path: '/', name: 'React', directory: await build('React') },
  ];
  server = await startTestServer(backing, { webApps });
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);

describe('a built web app', () => {
  test.each([
    ['/', 'React'],
    ['/vue/', 'Vue'],
  ])('%s is the %s page, which browsers validate at each use', async (path, name) => {
    const response = await get(path);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain(`<title>${name}</title>`);
  });

  test.each(['/assets/main-1a2b3c.js', '/vue/assets/main-1a2b3c.js'])('%s is kept for ever', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('/vue leads to /vue/, under which its files lie', async () => {
    const response = await get('/vue', { redirect: 'manual' });
    expect(response.headers.get('location')).toBe('/vue/');
  });

  test('says what to do when it is not built', async () => {
    const webApps = [
      { path: '/vue', name: 'Vue', directory: join(folder.path, 'no-vue') },
      { path: '/', name: 'React', directory: join(folder.path, 'no-react') },
    ];
    const bare = await startTestServer(backing, { webApps });
    try {
      for (const path of ['/', '/vue/']) {
        const response = await fetch(bare.url + path);
        expect(response.status).toBe(404);
        expect(await response.text()).toMatch(/app is not built.*npx pnpm@12 build/);
      }
    } finally {
      await bare.stop();
    }
  });
});

describe('security headers', () => {
  test.each(['/', '/vue/', '/api/v1/config', '/healthz', '/api/none'])('%s has them', async (path) => {
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'self';img-src 'self' data:;object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.has('x-powered-by')).toBe(false);
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });
});

test.each([
  '/api',
  '/api/',
  '/api/none',
  '/api/v1/none',
  '/api/v2/config',
  '/none.js',
  '/vue/none',
  '/..%2fpackage.json',
])('%s, where nothing is, is answered 404 as JSON', async (path) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({
    error: { code: 'NOT_FOUND', message: 'there is nothing at this address', fields: [] },
  });
});

test('an address that cannot be decoded is the client’s fault', async () => {
  const response = await get('/api/v1/sse/tasks/%ff/progress', { headers: await server.as('ada') });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'INVALID_INPUT' } });
});

test('the configuration is open to everyone', async () => {
  const response = await get('/api/v1/config');
  expect(await response.json()).toEqual({
    authMode: 'dev',
    kinds: ['demo.count', 'demo.text', 'document.ingest'],
    maxUploadBytes: server.environment.maxUploadBytes,
    acceptedMediaTypes: createTaskCatalog([readTask]).uploadRules[0]?.accept,
  });
});

test('the configuration names the kinds for demonstrations only where they are offered', async () => {
  const strict = await startTestServer(backing, { environment: { hasDemoTasks: false } });
  try {
    const response = await fetch(`${strict.url}/api/v1/config`);
    expect(await response.json()).toMatchObject({ kinds: ['document.ingest'] });
  } finally {
    await strict.stop();
  }
});

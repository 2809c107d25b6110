import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { testTasks } from '@taskwire/router/testing';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTaskwireServer, type TaskwireServerOptions } from './create-taskwire-server.ts';
import { urlOf } from './http/listening.ts';
import { createBacking, type Backing } from './testing/test-server.ts';

let backing: Backing;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  backing = await createBacking();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => backing.close());

function createTaskwire(options: Partial<TaskwireServerOptions<typeof testTasks, Record<string, never>>> = {}) {
  const taskwire = createTaskwireServer({
    tasks: testTasks,
    authenticate: () => ({ userId: 'ada' }),
    databaseUrl: backing.database.databaseUrl,
    redisUrl: backing.redis.redisUrl,
    uploadDirectory: backing.uploadDirectory,
    drainMs: 2_000,
    port: 0,
    logger: pino({ level: 'silent' }),
    ...options,
  });
  closing.push(taskwire.close);
  return taskwire;
}

async function serve(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return urlOf(server, '127.0.0.1');
}

describe('in another server', () => {
  test('paths that no option names are left to the app', async () => {
    const taskwire = createTaskwire({ routes: { '/shop/': () => (_request, response) => void response.end('shop') } });
    const url = await serve((request, response) => taskwire.handler(request, response, () => response.end('app')));
    const textAt = async (path: string) => (await fetch(url + path)).text();
    expect(await textAt('/shop')).toBe('shop');
    expect(await textAt('/shop/books')).toBe('shop');
    expect(await textAt('/shopping')).toBe('app');
    expect(await textAt('/api/v1/documents/1')).toBe('app');
  });

  test.each(['', 'shop', '/shop/:id', '/shop/*rest', '/shop{/:id}', '//shop', '/a b'])(
    'a route at %j is refused when the server is made',
    (path) => {
      expect(() => createTaskwire({ routes: { [path]: () => () => undefined } })).toThrow(`"${path}" is no path`);
    },
  );
});

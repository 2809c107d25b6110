import { EventEmitter, once } from 'node:events';
import { request as httpRequest, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createDatabase } from '@taskwire/db';
import { eventually } from '@taskwire/test-kit/vitest';
import { testTasks } from '@taskwire/router/testing';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTaskwireServer, type TaskwireServerOptions } from './create-taskwire-server.ts';
import { StartError } from './start-failure.ts';
import { fileForm } from './testing/form.ts';
import { serve } from './testing/serve.ts';
import { createBacking, type Backing } from './testing/test-server.ts';

let backing: Backing;
let watcher: ReturnType<typeof createDatabase>;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  backing = await createBacking();
  watcher = createDatabase({ connectionString: backing.database.databaseUrl });
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(async () => {
  await watcher.$disconnect();
  await backing.close();
});

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

const listen = (taskwire: ReturnType<typeof createTaskwire>) => taskwire.listen({ signals: false });

async function urlFor(handler: RequestListener): Promise<string> {
  const { url, close } = await serve(handler);
  closing.push(close);
  return url;
}

describe('listening', () => {
  test('a second time is refused, at once and later, and one close ends it', async () => {
    const taskwire = createTaskwire();
    const [first, second] = await Promise.allSettled([listen(taskwire), listen(taskwire)]);
    expect(first).toMatchObject({ status: 'fulfilled', value: taskwire.url });
    expect(second).toMatchObject({ status: 'rejected', reason: { message: 'the server listens already' } });
    await expect(listen(taskwire)).rejects.toThrow('the server listens already');
    await taskwire.close();
    await expect(fetch(`${taskwire.url}/healthz`)).rejects.toThrow('fetch failed');
  });

  test('is tried again after a failed start', async () => {
    const taskwire = createTaskwire({ uploadDirectory: join(import.meta.filename, 'uploads') });
    for (let round = 0; round < 2; round += 1) await expect(listen(taskwire)).rejects.toThrow(/UPLOAD_DIRECTORY/);
  });

  test('leaves no connection open, if the start fails or the server is closed right after it', async () => {
    const makeRoute = () => {
      throw new Error('no such router');
    };
    await expect(listen(createTaskwire({ routes: { '/shop': makeRoute } }))).rejects.toThrow('no such router');
    const taskwire = createTaskwire();
    await taskwire.start();
    await taskwire.close();
    await eventually(async () => {
      const rows = await watcher.$queryRaw`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'taskwire-api%'`;
      expect(rows).toEqual([]);
    });
  });

  test('to a taken port closes the server', async () => {
    const holder = createTaskwire();
    const port = Number(new URL(await listen(holder)).port);
    const onClose = vi.fn(async () => undefined);
    const taskwire = createTaskwire({ port, onClose });
    await expect(listen(taskwire)).rejects.toThrow(`EADDRINUSE: port ${port} is taken`);
    expect(onClose).toHaveBeenCalledOnce();
    await expect(taskwire.start()).rejects.toThrow('the server is closed');
  });
});

describe('a closed server', () => {
  test('is not started again', async () => {
    const taskwire = createTaskwire();
    await taskwire.start();
    await taskwire.close();
    await expect(taskwire.start()).rejects.toThrow(StartError);
    await expect(listen(taskwire)).rejects.toThrow('the server is closed');
    expect(taskwire.url).toBeUndefined();
  });

  test('that was closed while it began to listen does not listen', async () => {
    for (const begin of ['start', 'port'] as const) {
      const taskwire = createTaskwire();
      if (begin === 'port') await taskwire.start();
      const [listening] = await Promise.allSettled([listen(taskwire), taskwire.close()]);
      expect(listening).toMatchObject({ status: 'rejected', reason: { name: 'StartError' } });
      expect(taskwire.url).toBeUndefined();
    }
  });

  test.each(['never started', 'could not start', 'has served'])(
    'that %s closes what the team has opened, once',
    async (how) => {
      const onClose = vi.fn(async () => undefined);
      const uploadDirectory =
        how === 'could not start' ? join(import.meta.filename, 'uploads') : backing.uploadDirectory;
      const taskwire = createTaskwire({ onClose, uploadDirectory });
      if (how !== 'never started') await taskwire.start().catch(() => undefined);
      expect(onClose).not.toHaveBeenCalled();
      await Promise.all([taskwire.close(), taskwire.close()]);
      expect(onClose).toHaveBeenCalledOnce();
    },
  );

  test('has closed its connections, even if what the team has opened does not close', async () => {
    const taskwire = createTaskwire({
      onClose: () => {
        throw new Error('no');
      },
    });
    await listen(taskwire);
    await taskwire.close();
    await expect(fetch(`${taskwire.url}/healthz`)).rejects.toThrow('fetch failed');
  });
});

describe('in another server', () => {
  test('a closing server refuses new requests, so that it ends', async () => {
    const taskwire = createTaskwire({ drainMs: 60_000 });
    const url = await urlFor(taskwire.handler);
    const poll = () => fetch(`${url}/trpc/system.status`);
    expect((await poll()).status).toBe(200);
    let isClosed = false;
    const statuses: number[] = [];
    const caller = async () => {
      while (!isClosed) statuses.push((await poll()).status);
    };
    const callers = [caller(), caller(), caller()];
    await eventually(() => expect(statuses.length).toBeGreaterThan(3));
    await taskwire.close();
    isClosed = true;
    await Promise.all(callers);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
  });

  test('a client that has left before its request gets here does not hold the server open', async () => {
    const taskwire = createTaskwire({ drainMs: 60_000 });
    let isHandled = false;
    const url = await urlFor((request, response) => {
      response.once('close', () => {
        taskwire.handler(request, response);
        isHandled = true;
      });
    });
    await taskwire.start();
    const sent = httpRequest(`${url}/healthz`).on('error', () => undefined);
    sent.end();
    await once(sent, 'finish');
    await eventually(() => {
      sent.destroy();
      expect(isHandled).toBe(true);
    });
    await taskwire.close();
  });

  test.each([
    ['in the middle of its form', 90],
    ['after the last byte', undefined],
  ])('an upload whose client leaves %s, before anybody reads it, ends', async (_when, sentBytes) => {
    const lines: string[] = [];
    const clientLeaves = new EventEmitter();
    const hasLeft = once(clientLeaves, 'left');
    const authenticate = vi.fn(async () => {
      await hasLeft;
      return { userId: 'ada' };
    });
    const taskwire = createTaskwire({
      logger: pino({}, { write: (line: string) => void lines.push(line) }),
      authenticate,
    });
    const { port } = new URL(await listen(taskwire));
    const form =
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords of the file\r\n--x--\r\n';
    const head = `POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${form.length}`;
    const client = connect(Number(port), '127.0.0.1');
    client.write(`${head}\r\n\r\n${form.slice(0, sentBytes)}`);
    await eventually(() => expect(authenticate).toHaveBeenCalled());
    client.destroy();
    await eventually(() => expect(lines.join('')).toContain('request aborted'));
    clientLeaves.emit('left');
    await eventually(() => expect(lines.join('')).toContain('upload aborted by the client'));
  });

  test('a form that a parser of the app has read is a fault of the server, and not waited for', async () => {
    const taskwire = createTaskwire();
    const url = await urlFor((request, response) => {
      request.resume().once('end', () => taskwire.handler(request, response));
    });
    const upload = await fetch(`${url}/api/v1/uploads`, { method: 'POST', body: fileForm('x', 'x.txt') });
    expect(upload.status).toBe(500);
  });

  test('paths that no option names are left to the app', async () => {
    const taskwire = createTaskwire({ routes: { '/shop/': () => (_request, response) => void response.end('shop') } });
    const url = await urlFor((request, response) => taskwire.handler(request, response, () => response.end('app')));
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

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { describe, expect, inject, it, vi } from 'vitest';

import { startDevStack } from './dev-stack.ts';
import type { DevStack } from './dev-stack.ts';
import { waitForConnection, withConnection } from './postgres/connection.ts';
import { pingRedis } from './redis/connection.ts';
import { refusalOf, rowsOf, withTemporaryFolder } from './testing/support.ts';

/** Waits until neither server answers. */
async function expectGone({ databaseUrl, redisUrl }: Pick<DevStack, 'databaseUrl' | 'redisUrl'>): Promise<void> {
  await expect.poll(() => pingRedis(redisUrl).catch(String), { timeout: 10_000 }).toContain('ECONNREFUSED');
  const refused = () => withConnection(databaseUrl, () => Promise.resolve('connected')).catch(String);
  await expect.poll(refused, { timeout: 10_000 }).toContain('ECONNREFUSED');
}

const require = createRequire(import.meta.url);

/** Another process that starts a stack and keeps it until it is killed. */
async function startHolder(dataDirectory: string) {
  const holder = spawn(
    process.execPath,
    [
      '--import',
      pathToFileURL(require.resolve('tsx')).href,
      fileURLToPath(new URL('testing/stack-holder.ts', import.meta.url)),
      dataDirectory,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: holder.stdout });
  const line = await new Promise<string>((resolve) => lines.once('line', resolve));
  const [databaseUrl, redisUrl] = line.match(/[a-z]+:\/\/[^"]+/g) ?? [];
  return { holder, databaseUrl: databaseUrl ?? '', redisUrl: redisUrl ?? '' };
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Ends the small shells that would end the servers along with their parent. */
async function killWatchdogs(parent: ChildProcess): Promise<void> {
  const children = await readFile(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8');
  for (const child of children.trim().split(' ')) {
    const commandLine = await readFile(`/proc/${child}/cmdline`, 'utf8');
    if (commandLine.includes('taskwire-watchdog')) {
      process.kill(Number(child), 'SIGKILL');
    }
  }
}

describe('startDevStack', () => {
  it('brings up both servers, and stops both, once', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const log: string[] = [];
      const stack = await startDevStack({ dataDirectory, durable: false, log: (line) => log.push(line) });
      await waitForConnection(stack.databaseUrl, () => true);
      await pingRedis(stack.redisUrl);
      await Promise.all([stack.stop(), stack.stop()]);
      await stack.stop();

      await expectGone(stack);
      expect(log.join('\n')).toMatch(/PostgreSQL: an own one, 127\.0\.0\.1:\d+/);
      expect(log.join('\n')).toMatch(/Redis: an own one, 127\.0\.0\.1:\d+/);
      expect(log.join('\n')).not.toContain(new URL(stack.databaseUrl).password);
    });
  });

  it('fails when one of its servers ends by itself, and not at its stop', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const stack = await startDevStack({ dataDirectory, durable: false });
      process.kill(Number.parseInt(await readFile(join(dataDirectory, 'redis.process'), 'utf8'), 10), 'SIGKILL');
      await expect(stack.failure).rejects.toMatchObject({
        code: 'redis-failed',
        message: expect.stringContaining('Redis ended by itself (SIGKILL)'),
      });
      await stack.stop();

      const next = await startDevStack({ dataDirectory, durable: false });
      const failed = vi.fn();
      next.failure.catch(failed);
      await next.stop();
      await expectGone(next);
      expect(failed).not.toHaveBeenCalled();
    });
  });

  it('uses given servers as they are, and never stops them', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const given = { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') };
      const stack = await startDevStack({ dataDirectory, ...given });
      expect(stack).toMatchObject(given);
      await stack.stop();

      await waitForConnection(given.databaseUrl, () => true);
      await pingRedis(given.redisUrl);
    });
  });

  it('refuses a given PostgreSQL that does not answer', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const databaseUrl = 'postgresql://nobody@127.0.0.1:1/nothing';

      const start = startDevStack({ dataDirectory, databaseUrl, redisUrl: inject('redisUrl') });
      const { code, message } = await refusalOf(start);

      expect(code).toBe('database-unreachable');
      expect(message).toContain('ECONNREFUSED');
    });
  });

  it('stops the one server when the other cannot be had', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const redisUrl = 'redis://127.0.0.1:1';
      await expect(startDevStack({ dataDirectory, redisUrl })).rejects.toMatchObject({ code: 'redis-unreachable' });

      const stack = await startDevStack({ dataDirectory, redisUrl: inject('redisUrl') });
      await stack.stop();
    });
  });
});

describe.skipIf(process.platform === 'win32')('when the process that started the stack is killed', () => {
  it('its servers end too', async () => {
    await withTemporaryFolder(async (dataDirectory) => {
      const { holder, ...urls } = await startHolder(dataDirectory);
      await kill(holder);

      await expectGone(urls);
    });
  });

  it.runIf(process.platform === 'linux')(
    'the next start stops servers that did not end, and finds the data at the same addresses',
    async () => {
      await withTemporaryFolder(async (dataDirectory) => {
        const { holder, ...urls } = await startHolder(dataDirectory);
        await withConnection(urls.databaseUrl, (client) => client.query('CREATE TABLE kept AS SELECT 42 AS answer'));
        await killWatchdogs(holder);
        await kill(holder);
        await pingRedis(urls.redisUrl);

        const log: string[] = [];
        const stack = await startDevStack({ dataDirectory, log: (line) => log.push(line) });
        for (const server of ['PostgreSQL', 'Redis']) {
          expect(log).toContainEqual(expect.stringContaining(`Stopping the ${server} that an earlier run left behind`));
        }
        expect(stack).toMatchObject(urls);
        const kept = await rowsOf(stack.databaseUrl, 'TABLE kept');
        await stack.stop();
        expect(kept).toEqual([{ answer: 42 }]);
      });
    },
  );
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTemporaryTree, type TemporaryTree } from '../testing/temporary-tree.ts';
import { startService, type Service } from './service.ts';

let tree: TemporaryTree;

beforeEach(async () => {
  tree = await createTemporaryTree();
});

afterEach(() => tree.remove());

/** Starts Node on a piece of code. */
function start(code: string): Promise<Service> {
  return startService({
    name: 'sample',
    command: process.execPath,
    arguments: ['--eval', code],
    environment: {},
    folder: tree.root,
    logFile: join(tree.root, 'sample.log'),
  });
}

async function logOf(service: Service): Promise<string> {
  return readFile(service.logFile, 'utf8');
}

/** Code that starts a service, which writes its process id, and then is killed. */
function starterOf(innerLog: string): string {
  return `
    import { readFile } from 'node:fs/promises';
    import { startService } from ${JSON.stringify(new URL('service.ts', import.meta.url).href)};
    const service = await startService({
      name: 'inner',
      command: process.execPath,
      arguments: ['--eval', 'console.log(process.pid); setInterval(() => {}, 1000);'],
      environment: {},
      folder: '/',
      logFile: ${JSON.stringify(innerLog)},
    });
    await service.ready(async () => (await readFile(service.logFile, 'utf8')).endsWith('\\n'), 20_000);
    process.kill(process.pid, 'SIGKILL');
  `;
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

describe('a service', () => {
  it('that ends by itself fails with its status and the end of its log', async () => {
    const service = await start("console.log('out of luck'); process.exit(3)");
    await expect(service.failure).rejects.toMatchObject({
      message: expect.stringMatching(/^sample ended by itself .*3/),
      detail: 'out of luck',
      remedy: expect.stringContaining('sample.log'),
    });
  });

  it('that ends while it is waited for does not let the waiting go on', async () => {
    const service = await start('process.exit(1)');
    await expect(service.ready(() => Promise.resolve(false), 60_000)).rejects.toThrow(/ended by itself/);
  });

  it('is stopped by SIGTERM, and that is no failure', async () => {
    const service = await start(
      "process.on('SIGTERM', () => { console.log('stop signal'); process.exit(0); }); setInterval(() => {}, 1000); console.log('up');",
    );
    await service.ready(async () => (await logOf(service)).includes('up'), 20_000);
    await service.stop();
    expect(await logOf(service)).toContain('stop signal');
    const outcome = await Promise.race([service.failure, new Promise((resolve) => setImmediate(resolve, 'quiet'))]);
    expect(outcome).toBe('quiet');
  });

  it('does not outlive the process that started it, however that one ends', async () => {
    const innerLog = join(tree.root, 'inner.log');
    const starter = await startService({
      name: 'starter',
      command: process.execPath,
      arguments: ['--conditions=taskwire-source', '--import=tsx', '--input-type=module', '--eval', starterOf(innerLog)],
      environment: {},
      folder: import.meta.dirname,
      logFile: join(tree.root, 'starter.log'),
    });
    await expect(starter.failure).rejects.toThrow(/SIGKILL/);
    const processId = Number(await readFile(innerLog, 'utf8'));
    await vi.waitFor(() => expect(isAlive(processId)).toBe(false), { timeout: 20_000 });
  });

  it('that is no program fails and says so', async () => {
    const service = await startService({
      name: 'sample',
      command: join(tree.root, 'nowhere'),
      arguments: [],
      environment: {},
      folder: tree.root,
      logFile: join(tree.root, 'sample.log'),
    });
    await expect(service.failure).rejects.toThrow(/could not be started/);
    await service.stop();
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@taskwire/test-kit/vitest';

const PROGRAM = '/usr/sbin/nginx';
const CONFIGURATION = new URL('../../../../../../../deploy/nginx.conf', import.meta.url);

export const HAS_NGINX = existsSync(PROGRAM);

/** Starts nginx with `deploy/nginx.conf` in front of an api; only addresses and folders differ. */
export async function startNginx(apiUrl: string): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'taskwire-nginx-'));
  // Its workers run as another user if root starts it.
  await chmod(folder, 0o755);
  const port = await freePort();
  const settings = join(folder, 'nginx.conf');
  const text = await readFile(CONFIGURATION, 'utf8');
  await writeFile(settings, adapted(text, { apiUrl, folder, port }));
  const child = spawn(PROGRAM, ['-c', settings, '-g', 'daemon off;'], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await eventually(() => fetch(url));
  return {
    url,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function adapted(text: string, { apiUrl, folder, port }: { apiUrl: string; folder: string; port: number }): string {
  const changes: [RegExp, string][] = [
    [/http:\/\/api:4000/, apiUrl],
    [/listen 8080/, `listen 127.0.0.1:${port}`],
    [/\/tmp\//g, `${folder}/`],
    [/worker_processes auto/, 'worker_processes 1'],
    [/worker_connections 16384/, 'worker_connections 256'],
  ];
  return changes.reduce((changed, [from, to]) => {
    if (changed.search(from) < 0) throw new Error(`deploy/nginx.conf has no ${from.source} any more`);
    return changed.replace(from, to);
  }, text);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

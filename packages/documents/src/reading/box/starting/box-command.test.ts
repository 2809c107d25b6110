import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_LIMITS } from '../../limits.ts';
import { boxCommand } from './box-command.ts';
import { confined, probeConfinement } from './confinement.ts';

/** Tries every forbidden action and prints each result. */
const PROBE = `
  import { execFileSync } from 'node:child_process';
  import { readFileSync, writeFileSync } from 'node:fs';
  import { connect } from 'node:net';
  const attempt = (act) => { try { return String(act()); } catch (error) { return error.code; } };
  const connected = () => new Promise((resolve) => {
    connect(Number(process.argv[2]), '127.0.0.1').on('connect', () => resolve('yes')).on('error', ({ code }) => resolve(code));
  });
  process.stdout.write(JSON.stringify({
    environment: Object.keys(process.env).filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name)),
    read: attempt(() => readFileSync('/etc/hostname')),
    write: attempt(() => writeFileSync('/tmp/taskwire-written', 'x')),
    process: attempt(() => execFileSync('/bin/true')),
    connected: await connected(),
  }));
  process.exit();
`;

const reportSchema = z.object({
  environment: z.array(z.string()),
  read: z.string(),
  write: z.string(),
  process: z.string(),
  connected: z.string(),
});

const folder = useTemporaryFolder('probe');

async function run(command: readonly string[]): Promise<string> {
  const [file = '', ...options] = command;
  const running = promisify(execFile)(file, options, { env: {} });
  running.child.stdin?.end();
  return (await running).stdout;
}

describe('boxCommand', () => {
  it('runs a program without environment, files, processes and, if the machine permits it, network', async () => {
    const path = join(folder.path, 'probe.mjs');
    await writeFile(path, PROBE);
    const server = createServer().listen(0, '127.0.0.1');
    const address = await new Promise<ReturnType<typeof server.address>>((resolve) =>
      server.on('listening', () => resolve(server.address())),
    );
    const request = String(typeof address === 'object' ? address?.port : '');
    const confinement = await probeConfinement();
    const program = { path, readable: [`${folder.path}/*`] };
    const report = reportSchema.parse(
      JSON.parse(await run(boxCommand({ program, request }, DEFAULT_LIMITS, confinement))),
    );
    server.close();
    expect(report).toMatchObject({
      environment: [],
      read: 'ERR_ACCESS_DENIED',
      write: 'ERR_ACCESS_DENIED',
      process: 'ERR_ACCESS_DENIED',
    });
    expect(report.connected === 'yes').toBe(confinement.withoutNetwork.length === 0);
  });
});

describe('confined', () => {
  it('sets limits of the kernel, by a shell, for memory and processor time', async () => {
    const confinement = { hasKernelLimits: true, withoutNetwork: [] };
    const command = confined(
      ['/bin/sh', '-c', 'ulimit -d; ulimit -t'],
      { memoryMiB: 64, cpuSeconds: 1.5 },
      confinement,
    );
    expect(await run(command)).toBe(`${(64 + 512) * 1_024}\n7\n`);
  });

  it('does not change the command if the machine permits no confinement', () => {
    const nothing = { hasKernelLimits: false, withoutNetwork: [] };
    expect(confined(['node', 'x'], DEFAULT_LIMITS, nothing)).toEqual(['node', 'x']);
  });
});

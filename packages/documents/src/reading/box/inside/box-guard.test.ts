import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Every network API of Node. Each must throw; otherwise its name is printed. */
const PROBE = `
  const { closeNetwork } = await import(process.env.GUARD);
  closeNetwork();
  const { connect, createServer } = await import('node:net');
  const ways = {
    connect: () => connect(9, '127.0.0.1'),
    pipe: () => connect('/tmp/none'),
    listen: () => createServer().listen(0),
    http: async () => (await import('node:http')).get('http://127.0.0.1:9'),
    https: async () => (await import('node:https')).get('https://127.0.0.1:9'),
    tls: async () => (await import('node:tls')).connect(9, '127.0.0.1'),
    http2: async () => (await import('node:http2')).connect('http://127.0.0.1:9'),
    datagram: async () => (await import('node:dgram')).createSocket('udp4').send('x', 9, '127.0.0.1'),
    lookup: async () => (await import('node:dns')).promises.lookup('localhost'),
    resolver: async () => new (await import('node:dns')).promises.Resolver().resolve4('localhost'),
    fetch: () => fetch('http://127.0.0.1:9'),
    socket: () => new WebSocket('ws://127.0.0.1:9'),
  };
  process.on('uncaughtException', () => undefined);
  for (const [name, way] of Object.entries(ways)) {
    try { await way(); console.log(name); } catch {}
  }
  process.exit();
`;

it('closes every way into the network', async () => {
  const GUARD = fileURLToPath(new URL('./box-guard.ts', import.meta.url));
  const options = ['--import=tsx', '--input-type=module', '--eval', PROBE];
  const { stdout } = await promisify(execFile)(process.execPath, options, { env: { GUARD } });
  expect(stdout).toBe('');
});

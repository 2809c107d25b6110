import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TcpProxy } from './tcp-proxy.ts';

let server: Server;
let proxy: TcpProxy;
const sockets: Socket[] = [];

/** A server that answers with what it gets, and begins with its name. */
async function echoServer(name: string): Promise<Server> {
  const echo = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write(name);
    socket.pipe(socket);
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  return echo;
}

function portOf(listening: Server): number {
  const address: AddressInfo | string | null = listening.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function visit(): { socket: Socket; text: () => string; closed: () => boolean } {
  const socket = connect({ host: '127.0.0.1', port: proxy.port });
  sockets.push(socket);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  return { socket, text: () => text, closed: () => socket.destroyed };
}

beforeEach(async () => {
  server = await echoServer('hello ');
  proxy = await TcpProxy.open([portOf(server)]);
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await proxy.close();
  server.close();
});

describe('TcpProxy', () => {
  it('passes all bytes, both ways', async () => {
    const visitor = visit();
    visitor.socket.write('world');
    await vi.waitFor(() => expect(visitor.text()).toBe('hello world'));
    expect(proxy.connections).toBe(1);
    visitor.socket.end();
    await vi.waitFor(() => expect(proxy.connections).toBe(0));
  });

  it('a cut ends the connections of now, and new ones pass', async () => {
    const visitor = visit();
    visitor.socket.write('world');
    await vi.waitFor(() => expect(visitor.text()).toBe('hello world'));
    proxy.cut();
    await vi.waitFor(() => expect(visitor.closed()).toBe(true));
    const next = visit();
    await vi.waitFor(() => expect(next.text()).toBe('hello '));
  });

  it('while it refuses, it cuts each new connection once its client has said something', async () => {
    const admit = proxy.refuse();
    const visitor = visit();
    visitor.socket.write('hello?');
    await vi.waitFor(() => expect(visitor.closed()).toBe(true));
    expect(visitor.text()).toBe('');
    expect(proxy.refused).toBe(1);
    admit();
    const next = visit();
    await vi.waitFor(() => expect(next.text()).toBe('hello '));
  });

  it('while it answers, clients get its words, and those of the target afterwards', async () => {
    const before = visit();
    await vi.waitFor(() => expect(before.text()).toBe('hello '));
    const admit = proxy.answer('not here');
    before.socket.write('still there?');
    await vi.waitFor(() => expect(before.closed()).toBe(true));
    const visitor = visit();
    visitor.socket.write('hello?');
    await vi.waitFor(() => expect(visitor.closed()).toBe(true));
    expect(visitor.text()).toBe('not here');
    admit();
    const next = visit();
    await vi.waitFor(() => expect(next.text()).toBe('hello '));
  });

  it('while it is stalled nothing passes, and afterwards all of it', async () => {
    const visitor = visit();
    await vi.waitFor(() => expect(visitor.text()).toBe('hello '));
    const resume = proxy.stall();
    visitor.socket.write('there');
    const late = visit();
    const probe = await TcpProxy.open([portOf(server)]);
    // Bytes that go the same way without a stall are back by then.
    const other = connect({ host: '127.0.0.1', port: probe.port });
    sockets.push(other);
    other.write('x');
    await once(other, 'data');
    expect(visitor.text() + late.text()).toBe('hello ');
    resume();
    await vi.waitFor(() => expect([visitor.text(), late.text()]).toEqual(['hello there', 'hello ']));
    await probe.close();
  });

  it('silence holds the connections of now for good, and new ones pass', async () => {
    const visitor = visit();
    await vi.waitFor(() => expect(visitor.text()).toBe('hello '));
    proxy.silence();
    visitor.socket.write('there');
    const next = visit();
    next.socket.write('world');
    await vi.waitFor(() => expect(next.text()).toBe('hello world'));
    expect(visitor.text()).toBe('hello ');
  });

  it('restore ends every fault', async () => {
    proxy.refuse();
    proxy.answer('not here');
    const resume = proxy.stall();
    proxy.restore();
    resume();
    const visitor = visit();
    visitor.socket.write('world');
    await vi.waitFor(() => expect(visitor.text()).toBe('hello world'));
  });

  it('gives the address of its server with its own port', () => {
    expect(proxy.urlOf('redis://ada:secret@localhost:1/3?x=y')).toBe(
      `redis://ada:secret@127.0.0.1:${proxy.port}/3?x=y`,
    );
  });

  it('a connection goes to the next target if one does not answer', async () => {
    const second = await echoServer('second ');
    const balancer = await TcpProxy.open([portOf(server), portOf(second)]);
    server.close();
    const texts: string[] = [];
    for (let visits = 0; visits < 4; visits += 1) {
      const socket = connect({ host: '127.0.0.1', port: balancer.port });
      sockets.push(socket);
      const [chunk]: unknown[] = await once(socket, 'data');
      texts.push(String(chunk));
    }
    expect(new Set(texts)).toEqual(new Set(['second ']));
    for (const socket of sockets) socket.destroy();
    await balancer.close();
    second.close();
  });
});

import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { EventStream } from './event-stream.ts';

const FRAME = `data: ${'x'.repeat(256 * 1024)}\n\n`;

let server: Server;
let client: Socket;
let response: ServerResponse;
let stream: EventStream;

beforeEach(async () => {
  server = createServer((_request, answer) => {
    response = answer;
    stream = new EventStream(answer, 10);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  client = connect(address.port, '127.0.0.1');
  client.on('error', () => undefined).write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(server, 'request');
});
afterEach(() => {
  client.destroy();
  server.closeAllConnections();
  server.close();
});

/** Sends until the client has no room; the last send is still waiting. */
async function fill(): Promise<{ sending: Promise<void>; isSettled: () => boolean }> {
  for (;;) {
    const state = { settled: false };
    const sending = stream.send(FRAME).finally(() => (state.settled = true));
    await nextTurn();
    if (!state.settled) return { sending, isSettled: () => state.settled };
  }
}

test('sending waits for a client that does not read, and goes on when it does', async () => {
  client.pause();
  const { sending, isSettled } = await fill();
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  expect(isSettled()).toBe(false);
  client.resume();
  await sending;
});

test('no heartbeat is stored up for a client that does not read', async () => {
  client.pause();
  await fill();
  await eventually(() => expect(response.writableNeedDrain).toBe(true));
  const stored = response.writableLength;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(response.writableLength).toBe(stored);
});

test('sending to a client that is gone ends at once, and says so by the signal', async () => {
  client.pause();
  const { sending } = await fill();
  client.destroy();
  await sending;
  expect(stream.signal.aborted).toBe(true);
  await stream.send(FRAME);
});

test('a last comment tells why the stream ends', async () => {
  let text = '';
  client.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  stream.end('the server\ndata: restarts');
  await eventually(() => expect(text).toContain(': the server\n: data: restarts\n\n'));
});

test('a client that left before the stream was begun is known to be gone', async () => {
  client.destroy();
  await once(response, 'close');
  const late = new EventStream(response, 10);
  expect(late.signal.aborted).toBe(true);
  await late.send(FRAME);
  late.end();
});

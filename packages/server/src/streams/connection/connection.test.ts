import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Chunk } from '../formats/chunk.ts';
import { Connection } from './connection.ts';
import { sseFormat } from '../formats/sse-format.ts';
import { StreamStatistics } from '../statistics.ts';
import { UserByteCount } from './user-byte-counts.ts';

const CHUNK = Chunk.of(`data: ${'x'.repeat(256 * 1_024)}\n\n`);
/** Limit (bytes) that no test reaches. */
const USER_BYTES = 1_024 * 1_024 * 1_024;
const LIMITS = { bufferBytes: 64 * 1_024, stallMs: 60_000, lifetimeMs: 3_600_000 };

let server: Server;
let client: Socket;
let response: ServerResponse;
let statistics: StreamStatistics;
let userBytes: UserByteCount;
let text: string;

beforeEach(async () => {
  statistics = new StreamStatistics();
  userBytes = new UserByteCount(USER_BYTES);
  server = createServer((_request, answer) => (response = answer)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  client.destroy();
  server.closeAllConnections();
  server.close();
});

/** Asks the server, and waits until it has the request. */
async function ask(version = '1.1'): Promise<void> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  text = '';
  client = connect(address.port, '127.0.0.1').setEncoding('utf8');
  client.on('error', () => undefined).on('data', (more: string) => (text += more));
  client.write(`GET / HTTP/${version}\r\nHost: localhost\r\n\r\n`);
  await once(server, 'request');
}

/** Makes the answer a stream. */
function open(): Connection {
  const { socket } = response;
  if (socket === null) throw new Error('no socket');
  return new Connection(
    { response, socket },
    { limits: LIMITS, statistics, userBytes, format: sseFormat, refuse: undefined },
  );
}

/** Writes more than the system takes for a client that does not read. */
function fill(connection: Connection): void {
  for (let count = 0; count < 100; count += 1) connection.write(CHUNK);
  expect(connection.isWritable).toBe(false);
}

test('a connection has no room while its client does not read; the client then gets everything', async () => {
  await ask();
  const connection = open();
  await eventually(() => expect(text).toContain('retry: '));
  client.pause();
  fill(connection);
  let isDrained = false;
  const drained = connection.untilWritable().then(() => (isDrained = true));
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  expect(isDrained).toBe(false);
  expect(statistics.lagging).toBe(1);
  client.resume();
  await drained;
  expect(statistics.lagging).toBe(0);
  connection.end('data: last\n\n');
  await eventually(() => expect(text).toMatch(/\r\n0\r\n\r\n$/));
  expect(text).toContain('c\r\ndata: last\n\n\r\n0\r\n\r\n');
});

test('a wait for room ends when the client leaves, and the connection is reported as over once', async () => {
  await ask();
  const connection = open();
  const over = vi.fn();
  connection.onOver(over);
  client.pause();
  fill(connection);
  const drained = connection.untilWritable();
  client.destroy();
  await drained;
  expect(connection.isOver).toBe(true);
  expect(over).toHaveBeenCalledTimes(1);
  expect(statistics.lagging).toBe(0);
  connection.write(CHUNK);
  expect(connection.isWritable).toBe(true);
  connection.end('late');
  await nextTurn();
  expect(over).toHaveBeenCalledTimes(1);
});

test('a callback for the end is called at once if the client has left', async () => {
  await ask();
  const connection = open();
  client.destroy();
  await eventually(() => expect(connection.isOver).toBe(true));
  const over = vi.fn();
  connection.onOver(over);
  expect(over).toHaveBeenCalledTimes(1);
});

test('a client that leaves while nothing is written is noticed', async () => {
  await ask();
  const connection = open();
  await eventually(() => expect(text).toContain('retry: '));
  client.destroy();
  await eventually(() => expect(connection.isOver).toBe(true));
});

test('a stream ends once, with its last text and the end of the answer', async () => {
  await ask();
  const connection = open();
  const over = vi.fn();
  connection.onOver(over);
  connection.write(Chunk.of('data: é\n\n'));
  connection.end(': over\n\n');
  connection.end(': over\n\n');
  connection.write(CHUNK);
  await eventually(() => expect(text).toMatch(/\r\n0\r\n\r\n$/));
  expect(text).toMatch(/\r\na\r\ndata: é\n\n\r\n8\r\n: over\n\n\r\n0\r\n\r\n$/);
  expect(over).toHaveBeenCalledTimes(1);
});

test('an ended stream is not closed until its client has taken all bytes or is cut off', async () => {
  await ask();
  const connection = open();
  const closed = vi.fn();
  connection.onClose(closed);
  client.pause();
  fill(connection);
  connection.end(': over\n\n');
  expect(connection.isOver).toBe(true);
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  expect(closed).not.toHaveBeenCalled();
  connection.ping({ now: Date.now(), stallMs: 60_000 });
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  expect(closed).not.toHaveBeenCalled();
  connection.ping({ now: Date.now() + 60_001, stallMs: 60_000 });
  await eventually(() => expect(closed).toHaveBeenCalledTimes(1));
  expect(statistics.cut.stalled).toBe(1);
});

test('a client of HTTP 1.0, which knows no chunks, gets the bare text and then the end of its connection', async () => {
  await ask('1.0');
  const connection = open();
  connection.write(Chunk.of('data: é\n\n'));
  connection.end(': over\n\n');
  await once(client, 'close');
  expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toMatch(/^retry: \d+\n\ndata: é\n\n: over\n\n$/);
});

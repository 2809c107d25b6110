import { once } from 'node:events';
import { connect } from 'node:net';
import type { Backing } from './test-server.ts';

/** Sends one command to the test's Redis, as one line. Returns the first line of its answer. */
export async function redisCommand({ redis }: Backing, command: string): Promise<string> {
  const { hostname, port } = new URL(redis.redisUrl);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  try {
    socket.write(`${command}\r\n`);
    const [answer]: unknown[] = await once(socket, 'data');
    const line = String(answer).split('\r\n')[0] ?? '';
    if (line.startsWith('-')) throw new Error(`Redis refused the command: ${line}`);
    return line;
  } finally {
    socket.destroy();
  }
}

import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends one command to a Redis of a test. @returns the first line of its answer: `+OK`, `:42`. */
export async function redisCommand(redisUrl: string, command: string): Promise<string> {
  const { hostname, port } = new URL(redisUrl);
  const socket = connect(Number(port), hostname);
  try {
    socket.write(`${command}\r\n`);
    const [answer] = await once(socket, 'data');
    return String(answer).split('\r\n')[0] ?? '';
  } finally {
    socket.destroy();
  }
}

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedisProgram, startRedisServer } from '@taskwire/dev-stack';

/** A Redis for one test file alone: it may be flushed, killed, and started again. Running ⇄ killed → stopped. */
export interface TestRedis {
  /** Stays the same over `restart`. */
  redisUrl: string;
  /**
   * Sends one command in one line, with quotes where needed: `CONFIG SET maxmemory 1`.
   * @returns the first line of the answer: `+OK`, `:42`.
   * @throws Error if Redis refuses the command.
   */
  command: (line: string) => Promise<string>;
  /** Deletes all data. */
  flush: () => Promise<void>;
  /** Ends the server at once, as a crash would. Unless it is durable, its data is gone. */
  kill: () => Promise<void>;
  /** Starts one on the same port, empty unless it is durable; kills the one that runs. */
  restart: () => Promise<void>;
  /** Suspends the server: connections stay open and answer nothing, until `resume`. */
  pause: () => void;
  resume: () => void;
  /** Ends the server and deletes its folder. */
  stop: () => Promise<void>;
}

/**
 * Starts a Redis of its own on a free port; some 50 ms.
 *
 * @param options.durable Default false: nothing is kept. True: an append-only file, which `restart` reads again.
 * @param options.furtherLines Lines for its configuration file: users, TLS.
 * @throws DevStackError `redis-unavailable` or `redis-failed`
 */
export async function createTestRedis({
  durable = false,
  furtherLines = [],
}: { durable?: boolean; furtherLines?: readonly string[] } = {}): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'taskwire-redis-'));
  const settings = {
    redis: await findRedisProgram(),
    folder,
    logFile: join(folder, 'redis.log'),
    durable,
    furtherLines,
  };
  let running = await startRedisServer(settings);
  const kill = () => running.server.stop('SIGKILL');
  return {
    redisUrl: running.redisUrl,
    command: (line) => sendCommand(running.redisUrl, line),
    flush: async () => {
      await sendCommand(running.redisUrl, 'FLUSHALL');
    },
    kill,
    restart: async () => {
      await kill();
      running = await startRedisServer({ ...settings, port: running.port });
    },
    pause: () => {
      running.server.signal('SIGSTOP');
    },
    resume: () => {
      running.server.signal('SIGCONT');
    },
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function sendCommand(redisUrl: string, line: string): Promise<string> {
  const { hostname, port } = new URL(redisUrl);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  try {
    socket.write(`${line}\r\n`);
    const answers: unknown[] = await once(socket, 'data');
    const [answer] = answers;
    const first = String(answer).split('\r\n')[0] ?? '';
    if (first.startsWith('-')) throw new Error(`Redis refused the command: ${first}`);
    return first;
  } finally {
    socket.destroy();
  }
}

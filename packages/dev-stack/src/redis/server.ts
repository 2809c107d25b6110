import { setTimeout as delay } from 'node:timers/promises';

import getPort from 'get-port';

import { stablePort } from '../data/stable-port.ts';
import { DevStackError } from '../dev-stack-error.ts';
import { logTail } from '../log.ts';
import { startManagedProcess } from '../processes/managed-process.ts';
import type { ManagedProcess } from '../processes/managed-process.ts';
import { writeRedisConfiguration } from './configuration.ts';
import type { RedisConfiguration, RedisLogin } from './configuration.ts';
import { pingRedis } from './connection.ts';
import type { RedisProgram } from './installed-program.ts';

export interface RedisServerSettings extends RedisConfiguration {
  redis: RedisProgram;
  logFile: string;
  /** Default: any free one. */
  port?: number;
  /** File that names the port of the last start, which is taken again if it is free. */
  portFile?: string;
}

export interface RedisServer {
  server: ManagedProcess;
  port: number;
  /** With the login, if there is one. */
  redisUrl: string;
}

const startTimeoutMs = 60_000;

/**
 * Starts a Redis on 127.0.0.1, untouched by any configuration file of the machine, and waits until it answers.
 *
 * @throws DevStackError `redis-failed`
 */
export async function startRedisServer(settings: RedisServerSettings): Promise<RedisServer> {
  // The port that was free may be taken by the time Redis binds it.
  for (let attempt = 1; ; attempt += 1) {
    const port = settings.port ?? (await freePort(settings.portFile));
    const redisUrl = urlOf(settings.login, port);
    const server = await launch(settings, port);
    try {
      await waitUntilReady(server, redisUrl);
      return { server, port, redisUrl };
    } catch (error) {
      await server.stop();
      const tail = await logTail(settings.logFile);
      if (attempt < 3 && tail.includes('Address already in use')) {
        continue;
      }
      throw startFailure(tail, { logFile: settings.logFile, error });
    }
  }
}

function freePort(file: string | undefined): Promise<number> {
  return file === undefined ? getPort({ host: '127.0.0.1' }) : stablePort(file);
}

function urlOf(login: RedisLogin | undefined, port: number): string {
  const credentials = login === undefined ? '' : `${login.user}:${login.password}@`;
  return `redis://${credentials}127.0.0.1:${port}`;
}

async function launch(settings: RedisServerSettings, port: number): Promise<ManagedProcess> {
  return await startManagedProcess({
    ...settings.redis,
    argumentList: [await writeRedisConfiguration(settings, port)],
    logFile: settings.logFile,
    stopSignal: 'SIGTERM',
  });
}

async function waitUntilReady(server: ManagedProcess, redisUrl: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    try {
      await pingRedis(redisUrl);
      // Another program on that port could have answered.
      if (!server.hasExited()) {
        return;
      }
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
    }
    if (server.hasExited()) {
      throw new Error('it ended');
    }
    await delay(5);
  }
}

function startFailure(tail: string, { logFile, error }: { logFile: string; error: unknown }): DevStackError {
  return new DevStackError('redis-failed', {
    message: `Redis did not start (${String(error)}). The end of ${logFile}:\n${tail}`,
    remedy: 'Mend what the log names, or set REDIS_URL to a Redis of your own.',
    cause: error,
  });
}

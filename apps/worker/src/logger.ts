import { pino, type Logger } from 'pino';
import { describeThrown } from './describe-thrown.ts';
import type { Environment } from './env.ts';

/** What must never be written, wherever in a line it stands. */
const SECRETS = ['databaseUrl', 'redisUrl', 'password', 'token', 'authorization'];

/** The worker's log: JSON lines on standard output. */
export function createLogger({ logLevel }: Pick<Environment, 'logLevel'>): Logger {
  return pino({
    name: 'taskwire-worker',
    level: logLevel,
    // What was thrown may be anything, and pino writes on what it logs.
    serializers: { err: (thrown: unknown) => describeThrown(thrown) },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
  });
}

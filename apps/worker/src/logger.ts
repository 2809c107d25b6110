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
    // A thrown value may be anything, and pino writes to the objects that it logs.
    serializers: { err: (thrown: unknown) => describeThrown(thrown) },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
  });
}

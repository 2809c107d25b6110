import { pino, type DestinationStream, type Logger } from 'pino';
import { describeThrown } from './describe-thrown.ts';
import type { LogLevel } from './environment-values.ts';

/** Names of values that never get into a line, at its top level or one level below. */
const SECRETS = ['databaseUrl', 'redisUrl', 'password', 'token', 'authorization', 'cookie'];
const SECRET_HEADERS = ['headers.authorization', 'headers.cookie', '*.headers.authorization', '*.headers.cookie'];

/** The log of a process. */
export interface LoggerOptions {
  /** Name of the process, in each line. */
  service: 'api' | 'worker';
  level: LogLevel;
  /** Standard output if absent. */
  destination?: DestinationStream;
}

/** The log of a process: JSON lines without secrets, whatever is logged. */
export function createLogger({ service, level, destination }: LoggerOptions): Logger {
  const settings = {
    level,
    base: { service },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    // A thrown value may be anything, and pino writes to the objects that it logs.
    serializers: { err: (thrown: unknown) => describeThrown(thrown) },
    redact: { paths: [...SECRETS.flatMap((name) => [name, `*.${name}`]), ...SECRET_HEADERS], censor: '[secret]' },
  };
  // A destination without a least length ignores `flush`, and a process that exits would put its last lines out of order.
  return pino(settings, destination ?? pino.destination({ dest: process.stdout.fd, minLength: 1 }));
}

/** Time (ms) without an error after which an outage is over. */
const OUTAGE_OVER_MS = 60_000;

/**
 * Logs an error of a connection as a warning, unless the one before belongs to the same outage and had the same message. A
 * client tries a server that is away many times a second.
 */
export function logChangedErrors(logger: Logger, message: string): (error: Error) => void {
  let last = { message: '', at: Number.NEGATIVE_INFINITY };
  return (error) => {
    const now = performance.now();
    const isKnown = error.message === last.message && now - last.at < OUTAGE_OVER_MS;
    last = { message: error.message, at: now };
    if (!isKnown) logger.warn({ err: error }, message);
  };
}

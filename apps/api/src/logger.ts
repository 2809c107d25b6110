import { pino, type DestinationStream, type Logger } from 'pino';
import type { Environment } from './env.ts';

/** The process's log: JSON lines on standard output, or wherever `destination` leads. */
export function createLogger(level: Environment['logLevel'], destination?: DestinationStream): Logger {
  const settings = {
    level,
    base: { service: 'api' },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    // Nothing logs headers; should anything ever do, these stay out.
    redact: ['headers.authorization', 'headers.cookie', '*.headers.authorization', '*.headers.cookie'],
  };
  return destination === undefined ? pino(settings) : pino(settings, destination);
}

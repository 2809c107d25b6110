import { EnvironmentError, readEnvironment, type Environment } from './env.ts';
import { createLogger } from './logger.ts';
import { CLOSE_DEADLINE_MS, startServer } from './server.ts';
import { startFailure } from './start-failure.ts';
import { stopOnSignal } from './stop-on-signal.ts';

function environmentOrExit(): Environment {
  try {
    return readEnvironment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(2);
  }
}

const environment = environmentOrExit();
const logger = createLogger(environment.logLevel);
try {
  const server = await startServer({ environment, logger });
  logger.info({ url: server.url }, 'listening');
  // A code that was given is known to the one who gave it, and stays out of the log.
  if (environment.signInCode === undefined && server.signInLink !== undefined) {
    logger.info({ signInLink: server.signInLink }, 'sign in by a name at this link; it is good until the api stops');
  }
  stopOnSignal(server, { deadlineMs: environment.drainMs + CLOSE_DEADLINE_MS, logger });
} catch (error) {
  process.stderr.write(`${startFailure(error, environment)}\n`);
  process.exit(1);
}

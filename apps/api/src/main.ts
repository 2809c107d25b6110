import { mediaTypeOf } from '@taskwire/documents/media-types';
import { createLogger, environmentOrExit, stopOnSignal } from '@taskwire/process-kit';
import { CLOSE_DEADLINE_MS, readEnvironment, startFailure, startServer } from '@taskwire/server';

const environment = environmentOrExit(readEnvironment);
const logger = createLogger({ service: 'api', level: environment.logLevel });
try {
  const server = await startServer({ environment, logger, detectMediaType: mediaTypeOf });
  logger.info({ url: server.url }, 'listening');
  // The operator knows a code from the environment, so it stays out of the log.
  if (environment.signInCode === undefined && server.signInLink !== undefined) {
    logger.info({ signInLink: server.signInLink }, 'sign in by a name at this link; it is good until the api stops');
  }
  stopOnSignal(server, { service: 'api', deadlineMs: environment.drainMs + CLOSE_DEADLINE_MS, logger });
} catch (error) {
  process.stderr.write(`${startFailure(error, environment)}\n`);
  process.exit(1);
}

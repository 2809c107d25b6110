// Settings
export { readOptions, type OptionVariables } from './options.ts';
export { EnvironmentError, environmentOrExit, parseEnvironment, type Variables } from './environment.ts';
export {
  databaseUrl,
  logLevel,
  oneOf,
  optionalWholeNumber,
  redisUrl,
  text,
  wholeNumber,
  type LogLevel,
} from './environment-values.ts';

// The log
export { createLogger, logChangedErrors } from './logger.ts';
export { logRefusals, type Dependency } from './log-refusals.ts';
export { boundedText, describeThrown, type ThrownFacts } from './describe-thrown.ts';

// The end
export { Closing } from './closing.ts';
export { endOnCrash, failProcess } from './end-on-crash.ts';
export { startLastDeadline } from './last-deadline.ts';
export { stopOnSignal, type Stoppable } from './stop-on-signal.ts';
export { isSettledWithin, within } from './within.ts';
export { endWithoutStackIfUncaught } from './without-stack.ts';

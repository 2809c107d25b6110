import { isMainThread } from 'node:worker_threads';

/** Exit status for each error whose message says all that an operator needs. */
const statuses = new WeakMap<Error, 1 | 2>();
let isListening = false;

/**
 * If nothing catches this error, the process writes its message to standard error, without a stack, and ends with `status`.
 * Changes nothing for code that catches it, for a process that listens to `uncaughtException`, and in a thread.
 */
export function endWithoutStackIfUncaught(error: Error, status: 1 | 2): void {
  statuses.set(error, status);
  if (isListening || !isMainThread) return;
  isListening = true;
  process.on('uncaughtExceptionMonitor', (uncaught) => {
    const exitStatus = statuses.get(uncaught);
    if (exitStatus === undefined || process.listenerCount('uncaughtException') > 0) return;
    process.stderr.write(`${uncaught.message}\n`);
    process.exit(exitStatus);
  });
}

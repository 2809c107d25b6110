import { Worker } from 'node:worker_threads';

/** CommonJS, which `eval` takes on every Node. Writing must not hold it up: standard error may be a pipe nobody reads. */
const THREAD = `
const { writeFile } = require('node:fs');
const { workerData } = require('node:worker_threads');
setTimeout(() => {
  writeFile(2, workerData.lastWords + '\\n', () => undefined);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);
}, workerData.milliseconds);
`;

/**
 * Ends this process by SIGKILL after `milliseconds`, unless it has ended by then. The thread does so even if the event loop
 * is blocked (a log pipe that nobody reads blocks it) or `process.exit` hangs. It keeps no process alive.
 */
export function startLastDeadline(milliseconds: number, lastWords: string): void {
  const thread = new Worker(THREAD, { eval: true, execArgv: [], workerData: { milliseconds, lastWords } });
  thread.on('error', () => undefined);
  thread.unref();
}

import { Worker } from 'node:worker_threads';

/** How much later (ms) than the deadline a process whose event loop is blocked is killed. */
const BLOCKED_MS = 1_000;

/** Runs in a thread, as the event loop of the process may be blocked for good. Descriptor 2 is standard error. */
const KILL = `
const { writeSync } = require('node:fs');
const { workerData } = require('node:worker_threads');
setTimeout(() => {
  writeSync(2, 'taskwire worker: its event loop is blocked, and it does not end: killed\\n');
  process.kill(process.pid, 'SIGKILL');
}, workerData);
`;

/**
 * Ends a process that does not end in order: by `onLate` after `ms`, or by force if its event loop is blocked then.
 * @param onLate must end the process.
 */
export function setLastDeadline(ms: number, onLate: () => never): void {
  setTimeout(onLate, ms).unref();
  new Worker(KILL, { eval: true, workerData: ms + BLOCKED_MS }).unref();
}

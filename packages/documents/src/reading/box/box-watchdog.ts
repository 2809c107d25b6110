// The entry point of a thread in a box's process: it ends the process, however busy that is, once its parent is gone or
// a limit is exceeded.
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { LIMIT_MARK } from './box-channel.ts';
import { decodeBoxRequest } from './box-request.ts';
import type { ReadingLimits } from '../limits.ts';

/** Time (ms) between two looks. */
const LOOK_EVERY_MS = 100;
const MIB = 1_024 * 1_024;
const STANDARD_ERROR = 2;

const { limits, parentId } = decodeBoxRequest(String(workerData));

function exceededLimit(): keyof ReadingLimits | undefined {
  if (process.memoryUsage.rss() > limits.memoryMiB * MIB) return 'memoryMiB';
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000 > limits.cpuSeconds ? 'cpuSeconds' : undefined;
}

setInterval(() => {
  const limit = exceededLimit();
  if (limit !== undefined) writeSync(STANDARD_ERROR, `\n${LIMIT_MARK}${limit}\n`);
  if (limit !== undefined || process.ppid !== parentId) process.kill(process.pid, 'SIGKILL');
}, LOOK_EVERY_MS);

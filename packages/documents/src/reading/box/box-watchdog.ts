// The entry point of a thread in the box's process. The thread kills the process once its parent is gone or a limit is
// exceeded, even if the process is busy. Its messages are the numbers of parts read.
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { LIMIT_MARK, type WATCHED_LIMITS } from './box-channel.ts';
import { decodeBoxRequest } from './box-request.ts';
import { PartClock } from './inside/part-clock.ts';

/** Interval (ms) between two checks. */
const LOOK_EVERY_MS = 100;
const MIB = 1_024 * 1_024;
const STANDARD_ERROR = 2;

const { limits, parentId } = decodeBoxRequest(String(workerData));

const clock = new PartClock();

parentPort?.on('message', (parts: unknown) => clock.add(Number(parts)));

function exceededLimit(): (typeof WATCHED_LIMITS)[number] | undefined {
  if (process.memoryUsage.rss() > limits.memoryMiB * MIB) return 'memoryMiB';
  const { user, system } = process.cpuUsage();
  const seconds = (user + system) / 1_000_000;
  if (clock.excessAt(seconds) > limits.pageCpuSeconds) return 'pageCpuSeconds';
  return seconds > limits.cpuSeconds ? 'cpuSeconds' : undefined;
}

setInterval(() => {
  const limit = exceededLimit();
  if (limit !== undefined) writeSync(STANDARD_ERROR, `\n${LIMIT_MARK}${limit}\n`);
  if (limit !== undefined || process.ppid !== parentId) process.kill(process.pid, 'SIGKILL');
}, LOOK_EVERY_MS);

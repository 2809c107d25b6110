import { isTerminalStatus, type TaskStatus } from '@taskwire/protocol';
import { formatDuration, formatTime } from './format.ts';
import { sentence } from './sentence.ts';

/** A task's state in one word or two. */
export const STATUS_WORDS = {
  queued: 'Queued',
  running: 'Running',
  retrying: 'Retrying',
  canceling: 'Canceling',
  done: 'Done',
  error: 'Failed',
  canceled: 'Canceled',
} as const satisfies Record<TaskStatus, string>;

/** Whether a task in this state has ended for good. */
export function hasEnded(status: TaskStatus): boolean {
  return isTerminalStatus(status);
}

/** Why an ended task cannot run again. @param refusal The server's words for it. */
export function runAgainRefusal(refusal: string): string {
  return sentence(`cannot run again: ${refusal}`);
}

/** The states of a stream to the server, in words. */
export const CONNECTION_WORDS = {
  idle: 'Not connected',
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  ended: 'Ended',
  failed: 'Disconnected',
} as const;

/** When a task started, how long it took, or how long it will take. Times are milliseconds since 1970. */
export function timeLine(state: { startedAt?: number; endedAt?: number; eta?: { ms: number } }): string {
  const { startedAt, endedAt, eta } = state;
  if (startedAt === undefined) return endedAt === undefined ? 'Waiting for a worker' : 'Never started';
  if (endedAt !== undefined) return `Took ${formatDuration(endedAt - startedAt)}`;
  const started = `Started at ${formatTime(startedAt)}`;
  return eta === undefined ? started : `${started} · about ${formatDuration(eta.ms)} left`;
}

import { isTerminalStatus, type TaskStatus } from '@taskwire/protocol';

/** A task's status in words. */
export const STATUS_WORDS = {
  queued: 'Queued',
  running: 'Running',
  retrying: 'Retrying',
  canceling: 'Canceling',
  done: 'Done',
  error: 'Failed',
  canceled: 'Canceled',
} as const satisfies Record<TaskStatus, string>;

/** The states of a stream to the server in words. */
export const CONNECTION_WORDS = {
  idle: 'Not connected',
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  ended: 'Ended',
  failed: 'Disconnected',
} as const;

/** Whether a task with this status has ended for good. */
export function hasEnded(status: TaskStatus): boolean {
  return isTerminalStatus(status);
}

import type { TaskEvent, TaskSnapshot } from '@taskwire/protocol';
import type { Redis } from 'ioredis';
import { reachable } from '../connection/connection.ts';
import type { TaskAddress } from '../log/keys.ts';
import { loadHead, type LoadSnapshot } from '../log/load-head.ts';
import type { LogStatus, TaskLog } from '../log/task-log.ts';

/** Reads the logs of tasks as they are now. */
export interface EventLogReader {
  /** At most `limit` events after `afterSeq`, in order, of those that Redis still has. */
  read(task: TaskAddress, afterSeq: number, limit: number): Promise<TaskEvent[]>;
  /** Fold of the whole log. @throws TaskwireError NOT_FOUND if there is no such task. */
  snapshot(task: TaskAddress): Promise<TaskSnapshot>;
  /** Status of a log; undefined if Redis has no such log: it was lost, never opened, or has expired after the task's end. */
  inspect(task: TaskAddress): Promise<LogStatus | undefined>;
  /** Status of several logs, in order. */
  inspectAll(tasks: readonly TaskAddress[]): Promise<(LogStatus | undefined)[]>;
  /** @throws TaskwireError SERVICE_UNAVAILABLE if Redis does not answer. */
  ping(): Promise<void>;
}

export interface ReaderDependencies {
  commands: Pick<Redis, 'ping'>;
  log: TaskLog;
  loadSnapshot: LoadSnapshot;
}

export function createReader({ commands, log, loadSnapshot }: ReaderDependencies): EventLogReader {
  return {
    read: async (task, afterSeq, limit) => log.read(task, afterSeq, limit),
    snapshot: async (task) => loadHead(log, task, loadSnapshot),
    inspect: async (task) => (await log.inspect([task]))[0],
    inspectAll: async (tasks) => log.inspect(tasks),
    async ping() {
      await reachable(() => commands.ping());
    },
  };
}

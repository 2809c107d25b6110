import type { TaskAddress } from '../log/keys.ts';
import type { LoadSnapshot } from '../log/load-head.ts';
import { restoreLog, type RestoreRequest } from '../log/restore-log.ts';
import type { TaskLog } from '../log/task-log.ts';
import type { Relay, RelayRoute } from '../topics/relay.ts';
import type { TopicLog } from '../topics/topic-log.ts';

/** Keeps the logs: restores lost ones, shortens and removes them, and relays to the owners' topics. May be repeated. */
export interface EventLogAdministration {
  /**
   * Begins a lost log anew on the persisted snapshot (MUST 12). Its numbers leap, and watchers get a gap. Several
   * processes may call this at once.
   * @returns false if there was nothing to restore: the log is there, or the task has ended.
   */
  restore(task: TaskAddress, request: RestoreRequest): Promise<boolean>;
  /** Removes the events up to and including `throughSeq`; a persisted snapshot must cover them (MUST 6). */
  trim(task: TaskAddress, throughSeq: number): Promise<void>;
  /** Lets an ended task's log in Redis expire; its persisted snapshot must hold its last event by then. */
  expire(task: TaskAddress, afterSeconds: number): Promise<void>;
  /**
   * Removes the log of a task whose row is gone. First relays the task's end to the owner's topic; a full Redis accepts
   * that only later, from the project's topic.
   */
  remove(task: TaskAddress): Promise<void>;
  /** Removes the topic of a project whose row is gone. */
  removeProject(route: RelayRoute): Promise<void>;
  /** Relays new events of the project's topic to the owner's topic. Any process may call this at any time. */
  relay(route: RelayRoute): Promise<void>;
}

export interface AdministrationDependencies {
  log: TaskLog;
  topicLog: TopicLog;
  relay: Relay;
  loadSnapshot: LoadSnapshot;
}

export function createAdministration(dependencies: AdministrationDependencies): EventLogAdministration {
  const { log, topicLog, relay, loadSnapshot } = dependencies;
  return {
    async restore(task, request) {
      const { restored, relayCount } = await restoreLog(log, task, { ...request, loadSnapshot });
      relay.relaySoon(task, relayCount);
      return restored;
    },
    trim: async (task, throughSeq) => log.trim(task, throughSeq),
    expire: async (task, afterSeconds) => log.expire(task, afterSeconds),
    async remove(task) {
      await relay.relay(task).catch(() => undefined);
      await log.remove(task);
      await topicLog.forgetTask(task.ownerId, task.taskId);
    },
    removeProject: async ({ projectId, ownerId }) => topicLog.remove(ownerId, projectId),
    relay: async (route) => relay.relay(route),
  };
}

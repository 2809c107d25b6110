/** Names a task's log, and its owner. */
export interface TaskAddress {
  taskId: string;
  projectId: string;
  ownerId: string;
}

/** Names a topic: one project, or all tasks of one owner. */
export type TopicAddress = { projectId: string; ownerId?: never } | { ownerId: string; projectId?: never };

/**
 * Pub/sub channel of all workers: the id of a task whose log has just received `canceling`. Older versions neither publish
 * nor read there.
 */
export const CANCEL_CHANNEL = 'taskwire:cancels';

/** Every Redis name of a topic. */
export interface TopicKeys {
  /** Stream; one entry for each batch of events, whose id is the seq of the batch's last event: `n-0`. */
  log: string;
  /** Hash: `seq`, `secret`, and in an owner's topic the seq up to which each project was relayed (`at:<projectId>`). */
  meta: string;
  /** Hash: summary of each unfinished task, as JSON. */
  tasks: string;
  /** Pub/sub channel: the seq of the first event in a line of its own, then one event a line. */
  channel: string;
}

/**
 * Every Redis name of a task. The hash tag (the braces) keeps all keys of a project on one node of a Redis Cluster:
 * one script may use keys of one node only.
 */
export function taskKeys({ taskId, projectId }: Pick<TaskAddress, 'taskId' | 'projectId'>) {
  const prefix = `taskwire:{${projectId}}:task:${taskId}`;
  return {
    /** Stream; the entry of seq n has the id `n-0`. */
    log: `${prefix}:log`,
    /** Hash: the state of the append script (seq, attempt, batch, canceling, ended, secret, …). */
    meta: `${prefix}:meta`,
    /** String, only of a restored log: the snapshot onto which its events are folded, as JSON. */
    base: `${prefix}:base`,
    /** Pub/sub channel: newly appended events, one JSON text a line. */
    channel: `${prefix}:events`,
  };
}

/** The Redis names of a topic. An owner's id may have any character; encoded it has no brace. */
export function topicKeys(topic: TopicAddress): TopicKeys {
  const prefix =
    topic.projectId === undefined
      ? `taskwire:{owner:${encodeURIComponent(topic.ownerId)}}:topic`
      : `taskwire:{${topic.projectId}}:topic`;
  return { log: `${prefix}:log`, meta: `${prefix}:meta`, tasks: `${prefix}:tasks`, channel: `${prefix}:events` };
}

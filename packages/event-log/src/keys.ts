/** Names a task's log. */
export interface TaskAddress {
  taskId: string;
  projectId: string;
}

/**
 * Every Redis name of a task. The hash tag (the braces) keeps all keys of a project on one node of a Redis Cluster,
 * so that the append script stays atomic there.
 */
export function taskKeys({ taskId, projectId }: TaskAddress) {
  const base = `taskwire:{${projectId}}:task:${taskId}`;
  return {
    /** Stream; the entry of seq n has the id `n-0`. */
    log: `${base}:log`,
    /** Hash: what the append script keeps of the log (seq, attempt, batch, canceling, ended). */
    meta: `${base}:meta`,
    /** Pub/sub channel: newly appended events, one JSON text a line. */
    channel: `${base}:events`,
  };
}

/** The one queue; a worker that does not know a task's kind hands the task on. */
export const QUEUE_NAME = 'tasks';

/** Key prefix; the hash tag (the braces) keeps the queue on one node of a Redis Cluster. */
export const QUEUE_PREFIX = '{taskwire-queue}';

/** A job carries no more than what is needed to find the task: the row in PostgreSQL is the truth. */
export interface JobData {
  kind: string;
}

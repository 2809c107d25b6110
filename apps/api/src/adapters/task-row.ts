import type { Task } from '@taskwire/db';
import type { StoredTask } from '@taskwire/router';

/** A row as the router knows it: columns that are null are absent, times are milliseconds since 1970. */
export function toStoredTask(row: Task): StoredTask {
  return {
    taskId: row.id,
    ownerId: row.ownerId,
    projectId: row.projectId,
    kind: row.kind,
    input: row.input,
    priority: row.priority,
    status: row.status,
    attempt: row.attempt,
    percent: row.percent,
    createdAt: row.createdAt.getTime(),
    ...(row.retryOfId === null ? {} : { retryOf: row.retryOfId }),
    ...(row.timeoutMs === null ? {} : { timeoutMs: row.timeoutMs }),
    ...(row.output === null ? {} : { output: row.output }),
    ...(row.errorCode === null ? {} : { error: { code: row.errorCode, message: row.errorMessage ?? '' } }),
    ...(row.startedAt === null ? {} : { startedAt: row.startedAt.getTime() }),
    ...(row.endedAt === null ? {} : { endedAt: row.endedAt.getTime() }),
  };
}

import { TERMINAL_STATUSES } from '@taskwire/protocol';
import type { TaskQueue } from '@taskwire/queue';
import type { SystemStatus } from '@taskwire/router';
import type { ApiDatabase } from './api-database.ts';

/** The workers by their heartbeats in Redis, and the unfinished tasks in PostgreSQL. */
export function createSystemStatus(database: ApiDatabase, queue: Pick<TaskQueue, 'workers'>): SystemStatus {
  return {
    workers: () => queue.workers(),
    unfinishedByKind: (ownerId) => countByKind(database, { ownerId }),
  };
}

/** Counts the unfinished tasks by kind; of one owner, or of all. */
export async function countByKind(database: ApiDatabase, owner: { ownerId?: string }): Promise<Record<string, number>> {
  // `archivedAt` is null for all of them: an index of these alone finds them.
  const where = { ...owner, archivedAt: null, status: { notIn: [...TERMINAL_STATUSES] } };
  const groups = await database.task.groupBy({ by: ['kind'], where, _count: true });
  return Object.fromEntries(groups.map(({ kind, _count }) => [kind, _count]));
}

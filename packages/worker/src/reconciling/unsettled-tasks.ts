import type { Database } from '@taskwire/db';
import type { TaskAddress } from '@taskwire/event-log';
import type { TaskStatus } from '@taskwire/protocol';

/** Number of rows read at once. */
const PAGE_ROWS = 200;

const COLUMNS = {
  id: true,
  projectId: true,
  ownerId: true,
  kind: true,
  priority: true,
  status: true,
  snapshotSeq: true,
  createdAt: true,
} as const;

type UnsettledRow = Omit<UnsettledTask, 'taskId' | 'snapshotSeq'> & { id: string; snapshotSeq: bigint };

/** A task that has not ended, or whose end is not archived yet. */
export interface UnsettledTask extends TaskAddress {
  kind: string;
  priority: number;
  status: TaskStatus;
  /** Seq up to which its state is persisted. */
  snapshotSeq: number;
  createdAt: Date;
}

/**
 * A page of tasks that are not settled, oldest first.
 * @param bounds.after the last task of the page before; if absent, the page begins with the oldest task.
 * @param bounds.before only tasks created before this time: the creation of later ones may not be complete.
 */
export async function readUnsettled(
  database: Database,
  { after, before }: { after: UnsettledTask | undefined; before: Date },
): Promise<UnsettledTask[]> {
  const behind =
    after === undefined
      ? {}
      : { OR: [{ createdAt: { gt: after.createdAt } }, { createdAt: after.createdAt, id: { gt: after.taskId } }] };
  const rows = await database.task.findMany({
    where: { archivedAt: null, createdAt: { lt: before }, ...behind },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: PAGE_ROWS,
    select: COLUMNS,
  });
  return rows.map(toUnsettled);
}

/** One unsettled task; undefined if it has been settled or deleted. */
export async function findUnsettled(database: Database, taskId: string): Promise<UnsettledTask | undefined> {
  const row = await database.task.findUnique({ where: { id: taskId, archivedAt: null }, select: COLUMNS });
  return row === null ? undefined : toUnsettled(row);
}

function toUnsettled({ id, snapshotSeq, ...row }: UnsettledRow): UnsettledTask {
  return { ...row, taskId: id, snapshotSeq: Number(snapshotSeq) };
}

/** All tasks that are not settled, a page at a time, oldest first. */
export async function* unsettledTasks(
  database: Database,
  { minimumAgeMs, startAfter }: { minimumAgeMs: number; startAfter: UnsettledTask | undefined },
): AsyncGenerator<UnsettledTask[], void> {
  const before = new Date(Date.now() - minimumAgeMs);
  let after = startAfter;
  for (;;) {
    const page = await readUnsettled(database, { after, before });
    if (page.length > 0) yield page;
    if (page.length < PAGE_ROWS) return;
    after = page.at(-1);
  }
}

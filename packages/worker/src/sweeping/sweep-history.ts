import { SWEEP_PAGE, before, type SweepDependencies } from './sweep-dependencies.ts';

/** The last task whose history was deleted. */
export interface HistoryPlace {
  endedAt: Date;
  id: string;
}

/**
 * Deletes the histories of archived tasks that have ended long enough ago, oldest first, from `place` on.
 * @returns the number of tasks, and the place at which the next sweep continues.
 */
export async function sweepHistory(
  { database, sweeping }: SweepDependencies,
  place: HistoryPlace | undefined,
  signal: AbortSignal,
): Promise<{ histories: number; place: HistoryPlace | undefined }> {
  const { historyKeptMs } = sweeping;
  let histories = 0;
  let last = place;
  while (historyKeptMs !== undefined && !signal.aborted) {
    const after =
      last === undefined
        ? {}
        : { OR: [{ endedAt: { gt: last.endedAt } }, { endedAt: last.endedAt, id: { gt: last.id } }] };
    const page = await database.task.findMany({
      where: { archivedAt: { not: null }, endedAt: { lt: before(historyKeptMs) }, ...after },
      orderBy: [{ endedAt: 'asc' }, { id: 'asc' }],
      take: SWEEP_PAGE,
      select: { id: true, endedAt: true },
    });
    const withHistory = await database.taskHistory.groupBy({
      by: ['taskId'],
      where: { taskId: { in: page.map(({ id }) => id) } },
    });
    await database.taskHistory.deleteMany({ where: { taskId: { in: withHistory.map(({ taskId }) => taskId) } } });
    histories += withHistory.length;
    const end = page.at(-1);
    if (end?.endedAt) last = { endedAt: end.endedAt, id: end.id };
    if (page.length < SWEEP_PAGE) break;
  }
  return { histories, place: last };
}

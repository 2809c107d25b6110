import { TaskwireError, compact, firstSeq, type TaskEvent } from '@taskwire/protocol';
import type { Ports } from '../../context.ts';
import type { StoredTask } from '../../ports/task-store.ts';

/** Number of events of a log that are read for one page. Neighbours among them are merged. */
const LOOKED_AT = 1_000;

/** One page of events; `more` if others may follow. */
export interface HistoryPage {
  events: TaskEvent[];
  more: boolean;
}

/**
 * The events of a task after a seq, neighbouring tokens, progress and data merged: first the archived ones, then those that
 * only the log has. A hole in the seqs means that Redis lost events for good.
 */
export async function readHistory(
  ports: Pick<Ports, 'tasks' | 'events'>,
  task: StoredTask,
  { afterSeq, limit }: { afterSeq: number; limit: number },
): Promise<HistoryPage> {
  const archived = await ports.tasks.history(task.taskId, { afterSeq, limit });
  const remaining = limit - archived.length;
  if (remaining <= 0) return { events: archived, more: true };
  const from = archived.at(-1)?.seq ?? afterSeq;
  const logged = await ports.events.read(task, from, LOOKED_AT);
  const first = logged[0];
  if (first === undefined || firstSeq(first) !== from + 1) {
    // Events that were archived and trimmed between the two reads were in neither.
    const missed = await ports.tasks.history(task.taskId, { afterSeq: from, limit: remaining });
    if (missed.length > 0) return { events: [...archived, ...missed], more: true };
  }
  const merged = compact(logged);
  const more = merged.length > remaining || logged.length === LOOKED_AT;
  return { events: [...archived, ...merged.slice(0, remaining)], more };
}

/** Reads the seq that a page of history begins after. @throws TaskwireError INVALID_INPUT, naming the field. */
export function parseHistoryCursor(cursor: string | null | undefined): number {
  if (cursor === null || cursor === undefined) return 0;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new TaskwireError('INVALID_INPUT', 'cursor: give the nextCursor of the page before, or leave it out', {
    fields: [{ path: 'cursor', message: 'not a seq: a whole number' }],
  });
}

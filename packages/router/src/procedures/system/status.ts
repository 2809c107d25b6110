import type { TaskEvents } from '../../ports/task-events.ts';
import type { StoredTask } from '../../ports/task-store.ts';
import { callerProcedure } from '../../trpc.ts';

/** Most workers in an answer. */
const MOST_WORKERS = 200;
/** Most unfinished tasks of a caller whose states are read. */
const MOST_STATES = 200;

/**
 * The worker processes with their versions and kinds, and the caller's unfinished tasks that wait for another worker.
 * The reason `kind`: no living worker knows it. The reason `input`: a worker has refused the inputs.
 * `hasUnchecked`: the caller has more unfinished tasks than are checked for refused inputs; the newest ones are.
 */
export const status = callerProcedure.query(async ({ ctx }) => {
  const { ports, caller } = ctx;
  const { userId: ownerId } = caller;
  const [workers, unfinished, newest] = await Promise.all([
    ports.system.workers(),
    ports.system.unfinishedByKind(ownerId),
    ports.tasks.list({ ownerId, status: ['queued', 'running', 'retrying'], limit: MOST_STATES + 1 }),
  ]);
  const known = new Set(workers.flatMap(({ isAlive, kinds }) => (isAlive ? kinds : [])));
  const unknown = Object.entries(unfinished).filter(([kind]) => !known.has(kind));
  // The count above has all tasks of an unknown kind, whatever their states say.
  const checked = newest.slice(0, MOST_STATES).filter(({ kind }) => known.has(kind));
  const refused = await refusedByKind(ports.events, checked);
  return {
    workers: workers.slice(0, MOST_WORKERS),
    waiting: [...waitingFor('kind', unknown), ...waitingFor('input', refused)],
    hasUnchecked: newest.length > MOST_STATES,
  };
});

function waitingFor(reason: 'kind' | 'input', counts: Iterable<readonly [string, number]>) {
  return Array.from(counts, ([kind, tasks]) => ({ reason, kind, tasks }));
}

/** Counts the tasks whose states say that a worker has refused the input, by kind. */
async function refusedByKind(
  events: Pick<TaskEvents, 'snapshot'>,
  tasks: readonly StoredTask[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  // One after the other: a single call does not occupy Redis.
  for (const task of tasks) {
    const { state } = await events.snapshot(task);
    if (state.waiting?.reason === 'input') counts.set(task.kind, (counts.get(task.kind) ?? 0) + 1);
  }
  return counts;
}

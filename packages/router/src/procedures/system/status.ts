import { callerProcedure } from '../../trpc.ts';

/** Most workers in an answer. */
const MOST_WORKERS = 200;

/**
 * The worker processes with their versions and kinds, and the kinds of the caller's unfinished tasks that no living worker
 * knows: those tasks wait until one does.
 */
export const status = callerProcedure.query(async ({ ctx }) => {
  const { system } = ctx.ports;
  const [workers, unfinished] = await Promise.all([system.workers(), system.unfinishedByKind(ctx.caller.userId)]);
  const known = new Set(workers.flatMap(({ isAlive, kinds }) => (isAlive ? kinds : [])));
  const waiting = Object.entries(unfinished).flatMap(([kind, tasks]) => (known.has(kind) ? [] : [{ kind, tasks }]));
  return { workers: workers.slice(0, MOST_WORKERS), waiting };
});

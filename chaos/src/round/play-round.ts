import * as z from 'zod';
import { FaultRunner } from '../faults/fault-runner.ts';
import { trimLogs } from '../faults/trim-logs.ts';
import type { Finding } from '../oracle/findings.ts';
import { checkInnocents } from '../oracle/checks/check-innocents.ts';
import { checkPrograms } from '../oracle/checks/check-programs.ts';
import { checkRefused, type RefusedTask } from '../oracle/checks/check-refused.ts';
import { isTerminalType } from '../oracle/message.ts';
import { CRASHES } from '../misdeeds/deed-names.ts';
import { patience, until } from '../until.ts';
import type { RoundPlan } from '../plan/round-plan.ts';
import { ApiClient, signToken } from '../system/api-client.ts';
import { SideTasks } from '../tasks/side-tasks.ts';
import { runTaskMix } from '../tasks/task-mix.ts';
import { withDeadline } from '../with-deadline.ts';
import { Judge, type RoundResult } from './judge-round.ts';
import { RoundCast, type RoundGround } from './round-cast.ts';

/**
 * Longest times (ms) for tasks to end once all faults are repaired, and for watchers to get the end. A task that ends
 * its worker each time takes two minutes: its lock lasts longer after each lost worker.
 */
const TASKS_END_WITHIN_MS = 180_000;
const WATCHERS_END_WITHIN_MS = 30_000;
/** Longest time (ms) for creating the tasks, on a machine that is not busy: Redis may be stopped for 40 s. */
const CREATED_WITHIN_MS = 120_000;
/** Longest time (ms) for the leftovers of refused creates to go. */
const REFUSED_GONE_WITHIN_MS = 20_000;

const projectSchema = z.looseObject({ projectId: z.string() });

export interface PlayedRound {
  cast: RoundCast;
  result: RoundResult;
  /** Ids of all tasks that there were for certain. */
  taskIds: readonly string[];
}

/** Plays a round: tasks, watchers and faults as planned, until all is over and repaired; then asks the oracle. */
export async function playRound(ground: RoundGround, plan: RoundPlan): Promise<PlayedRound> {
  const begunAt = performance.now();
  const { signal, database } = ground;
  const ownerId = `chaos-${plan.seed}-${plan.round}`;
  const token = await signToken(ownerId);
  const client = new ApiClient(ground.system.controlUrl, token, signal);
  const { projectId } = projectSchema.parse(await client.mutate('project.create', { name: ownerId }));
  const cast = new RoundCast(ground, plan, { ownerId, token, projectId });
  const side = new SideTasks(client, database, { projectId, key: ownerId, signal });
  const faults = new FaultRunner(
    {
      ...ground,
      trim: () => trimLogs(ground, projectId),
      probeCreate: () => side.probeCreate(),
      spoilRow: (sets) => side.spoilRow(sets),
    },
    plan.faults,
  );
  try {
    await createTasks(ground, plan, cast);
    await faults.finished();
    const open = await settle(ground, cast);
    await faults.mendLasting();
    const findings = [...open, ...(await side.unanswered()), ...(await leftOfRefused(ground, cast, side))];
    await cast.dismissAll();
    await ground.recorder.sweep();
    findings.push(...(await checkFates(ground, cast)), ...programFindings(ground, plan));
    const result = judge(ground, cast, { plan, findings, faults: faults.done, refused: side.refusedKeys.size });
    const durationMs = Math.round(performance.now() - begunAt);
    return { cast, taskIds: [...cast.createdTaskIds, ...side.taskIds], result: { ...result, durationMs } };
  } finally {
    await faults.cancel();
    await cast.dismissAll();
  }
}

async function createTasks({ signal, system }: RoundGround, plan: RoundPlan, cast: RoundCast): Promise<void> {
  const { projectId, ownerId, token } = cast;
  await withDeadline(signal, CREATED_WITHIN_MS * patience(), (ending) =>
    runTaskMix(new ApiClient(system.controlUrl, token, ending), plan.tasks, {
      projectId,
      key: ownerId,
      onCreated: (place, taskId) => cast.created(place, taskId),
    }),
  );
}

/** Waits until refused creates have left nothing. Returns findings for the leftovers. */
async function leftOfRefused({ database, truth }: RoundGround, cast: RoundCast, side: SideTasks): Promise<Finding[]> {
  let left: RefusedTask[] = [];
  const court = new Judge(truth, cast);
  await until(
    async () => {
      const rows = await database.tasks(cast.projectId);
      left = rows.flatMap(({ taskId, key, status }) =>
        key !== null && side.refusedKeys.has(key) ? [{ taskId, key, status, log: court.taskLog(taskId) }] : [],
      );
      return left.length === 0;
    },
    REFUSED_GONE_WITHIN_MS,
    500,
  );
  return checkRefused(left);
}

/** Tasks that ended in error for what others did. */
async function checkFates({ database, truth }: RoundGround, cast: RoundCast): Promise<Finding[]> {
  const court = new Judge(truth, cast);
  const rows = await database.tasks(cast.projectId);
  return checkInnocents(
    rows.map(({ taskId, errorCode }) => ({
      taskId,
      errorCode,
      log: court.taskLog(taskId),
      mayFail: cast.mayFail(taskId),
    })),
  );
}

function programFindings({ system }: RoundGround, plan: RoundPlan): Finding[] {
  const isCrashed = plan.tasks.some(({ deed }) => CRASHES.some((crash) => crash === deed));
  return checkPrograms(system.takeIrregularities(), (name) => isCrashed && name.startsWith('worker-'));
}

/** Waits until every task has ended and every watcher knows. @returns the tasks that have not. */
async function settle(ground: RoundGround, cast: RoundCast): Promise<Finding[]> {
  const judge = new Judge(ground.truth, cast);
  let open: { taskId: string; status: string }[] = [];
  await until(
    async () => {
      ground.signal.throwIfAborted();
      const rows = await ground.database.tasks(cast.projectId);
      open = rows.filter((row) => !isTerminalType(row.status) || !judge.hasEnded(row.taskId));
      return open.length === 0;
    },
    TASKS_END_WITHIN_MS,
    200,
  );
  await until(
    () => {
      ground.signal.throwIfAborted();
      return cast.watchers.every((watcher) => judge.isSated(watcher));
    },
    WATCHERS_END_WITHIN_MS,
    100,
  );
  return open.map(({ taskId, status }) => {
    const log = judge.taskLog(taskId);
    const last = log.get(log.lastSeq);
    const detail = `has not ended: ${status} in PostgreSQL, its log at ${log.lastSeq} (${last?.type ?? 'nothing'})`;
    return { figure: 'stuck', count: 1, who: taskId, detail };
  });
}

function judge(
  ground: RoundGround,
  cast: RoundCast,
  played: Pick<RoundResult, 'plan' | 'findings' | 'faults' | 'refused'>,
): Omit<RoundResult, 'durationMs'> {
  const court = new Judge(ground.truth, cast);
  const verdicts = cast.watchers.map((watcher) => court.verdict(watcher));
  const entries = cast.watchers.flatMap((watcher) => watcher.visit.record.entries);
  const logs = cast.createdTaskIds.map((taskId) => court.taskLog(taskId));
  const outcomes: Record<string, number> = {};
  for (const log of logs) {
    const end = log.events.findLast((event) => isTerminalType(event.type))?.type ?? 'open';
    outcomes[end] = (outcomes[end] ?? 0) + 1;
  }
  return {
    ...played,
    tasks: logs.length,
    events: logs.reduce((sum, log) => sum + log.size, 0),
    watchers: cast.watchers.length,
    messages: verdicts.reduce((sum, verdict) => sum + verdict.messages, 0),
    outcomes,
    gapsReported: verdicts.reduce((sum, verdict) => sum + verdict.gapsReported, 0),
    reconnects: entries.filter((entry) => entry.what === 'away').length,
    findings: [
      ...played.findings,
      ...court.logFindings([...new Set(cast.watchers.map(({ plan }) => plan.subject.of))]),
      ...verdicts.flatMap((verdict) => verdict.findings),
    ],
  };
}

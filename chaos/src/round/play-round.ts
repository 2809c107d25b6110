import * as z from 'zod';
import { FaultRunner } from '../faults/fault-runner.ts';
import { trimLogs } from '../faults/trim-logs.ts';
import type { Finding } from '../oracle/findings.ts';
import { isTerminalType } from '../oracle/message.ts';
import type { RoundPlan } from '../plan/round-plan.ts';
import { ApiClient, signToken } from '../system/api-client.ts';
import { runTaskMix } from '../tasks/task-mix.ts';
import { until } from '../until.ts';
import { Judge } from './judge-round.ts';
import { RoundCast } from './round-cast.ts';
import type { RoundGround } from './round-ground.ts';
import type { RoundResult } from './round-result.ts';

/** How long (ms) tasks may take to end once nothing is broken any more, and watchers to be told of it. */
const TASKS_END_WITHIN_MS = 45_000;
const WATCHERS_END_WITHIN_MS = 20_000;
/** How long (ms) creating the tasks may take. */
const CREATED_WITHIN_MS = 60_000;

const projectSchema = z.looseObject({ projectId: z.string() });

export interface PlayedRound {
  cast: RoundCast;
  result: RoundResult;
}

/** Plays a round: tasks, watchers and faults as planned, until all is over and mended; then asks the oracle. */
export async function playRound(ground: RoundGround, plan: RoundPlan): Promise<PlayedRound> {
  const begunAt = performance.now();
  const creating = new AbortController();
  const stop = () => creating.abort(new Error(`the tasks could not be created within ${CREATED_WITHIN_MS} ms`));
  const timer = setTimeout(stop, CREATED_WITHIN_MS);
  ground.signal.addEventListener('abort', stop, { once: true });
  if (ground.signal.aborted) stop();
  try {
    return await play(ground, plan, { begunAt, signal: creating.signal });
  } finally {
    clearTimeout(timer);
    ground.signal.removeEventListener('abort', stop);
  }
}

async function play(
  ground: RoundGround,
  plan: RoundPlan,
  { begunAt, signal }: { begunAt: number; signal: AbortSignal },
): Promise<PlayedRound> {
  const ownerId = `chaos-${plan.seed}-${plan.round}`;
  const token = await signToken(ownerId);
  const client = new ApiClient(ground.system.controlUrl, token, signal);
  const { projectId } = projectSchema.parse(await client.mutate('project.create', { name: ownerId }));
  const cast = new RoundCast(ground, plan, { ownerId, token, projectId });
  const trim = () => trimLogs(ground, projectId);
  const faults = new FaultRunner({ ...ground, trim }, plan.faults);
  try {
    await runTaskMix(client, plan.tasks, {
      projectId,
      key: ownerId,
      onCreated: (place, taskId) => cast.created(place, taskId),
    });
    await faults.finished();
    const findings = await settle(ground, cast);
    await cast.dismissAll();
    await ground.recorder.sweep();
    const result = judge(ground, cast, { plan, findings, faults: faults.done });
    return { cast, result: { ...result, durationMs: Math.round(performance.now() - begunAt) } };
  } finally {
    await faults.cancel();
    await cast.dismissAll();
  }
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
  played: Pick<RoundResult, 'plan' | 'findings' | 'faults'>,
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
    gapsTold: verdicts.reduce((sum, verdict) => sum + verdict.gapsTold, 0),
    reconnects: entries.filter((entry) => entry.what === 'away').length,
    findings: [
      ...played.findings,
      ...court.logFindings([...new Set(cast.watchers.map(({ plan }) => plan.subject.of))]),
      ...verdicts.flatMap((verdict) => verdict.findings),
    ],
  };
}

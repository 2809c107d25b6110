import { setMaxListeners } from 'node:events';
import { LeakCheck } from './leaks/leak-check.ts';
import { clearKeys } from './leaks/redis-leftovers.ts';
import { makePlan, type PlanLimits } from './plan/make-plan.ts';
import { writeEvidence } from './report/evidence.ts';
import type { Reporter } from './report/reporter.ts';
import { playRound, type PlayedRound } from './round/play-round.ts';
import type { RoundGround } from './round/round-cast.ts';
import { Database } from './system/database.ts';
import { System } from './system/system.ts';
import { Recorder } from './truth/recorder.ts';
import { Truth } from './truth/truth.ts';

export interface ChaosSettings {
  seed: number;
  /** Numbers of the rounds to play. */
  rounds: readonly number[];
  limits: PlanLimits;
  reporter: Reporter;
  /** Folder of the evidence. */
  evidenceFolder: string;
  /** The watchers' fetch; the global one if absent. */
  fetchFor?: (watcherName: string) => typeof fetch;
  /** Stops everything. */
  signal: AbortSignal;
}

/**
 * Starts a system, plays rounds on it, reports each, and stops the system.
 * @returns whether all figures were 0.
 * @throws what kept it from playing on, or the signal's reason.
 */
export async function runChaos(settings: ChaosSettings): Promise<boolean> {
  const { seed, rounds, reporter, signal } = settings;
  // Every call that waits for an answer listens.
  setMaxListeners(0, signal);
  const ground = await prepare(settings);
  try {
    reporter.begin(seed, rounds.length);
    let reported = Promise.resolve();
    for (const round of rounds) {
      signal.throwIfAborted();
      ground.truth.clear();
      const plan = makePlan(seed, round, settings.limits);
      const played = await playRound(ground, plan);
      const leaked = await ground.leaks.atOnce();
      await reported;
      const ending = finishRound(settings, ground, { ...played, result: add(played.result, leaked) });
      ending.catch(() => undefined);
      reported = ending;
    }
    await reported;
    return reporter.summary();
  } finally {
    await close(ground);
  }
}

async function prepare({ signal, fetchFor }: ChaosSettings): Promise<RoundGround> {
  const system = await System.start();
  const truth = new Truth();
  const recorder = new Recorder(system.redis.redisUrl, truth);
  const leaks = new LeakCheck(system, recorder);
  const database = new Database(system.databaseUrl);
  const ground = { system, database, truth, recorder, leaks, signal, fetchFor: fetchFor ?? (() => fetch) };
  try {
    await recorder.attach();
    await leaks.begin();
    return ground;
  } catch (error) {
    await close(ground);
    throw error;
  }
}

async function close({ system, database, recorder }: RoundGround): Promise<void> {
  recorder.detach();
  await database.close();
  await system.stop();
}

/** Looks for what a round left behind, while the next one goes on, and reports it. */
async function finishRound(
  { reporter, evidenceFolder }: ChaosSettings,
  ground: RoundGround,
  { cast, result, taskIds }: PlayedRound,
): Promise<void> {
  const { plan } = result;
  const open = new Set(result.findings.filter((finding) => finding.figure === 'stuck').map((finding) => finding.who));
  // The next round forgets them.
  const { logs } = ground.truth;
  const endedTaskIds = taskIds.filter((taskId) => !open.has(taskId));
  const { projectId, ownerId } = cast;
  const whole = add(result, await ground.leaks.later({ projectId, ownerId, endedTaskIds }));
  // Every sweep of a later round would read them again. If Redis is being killed by one, they stay a little longer.
  if (open.size === 0)
    await clearKeys(ground.recorder.redis, [projectId, encodeURIComponent(ownerId)]).catch(() => undefined);
  const { findings } = whole;
  if (findings.length === 0) return reporter.round(whole);
  const rows = await ground.database.tasks(projectId);
  const evidence = await writeEvidence(evidenceFolder, { plan, cast, logs, rows, system: ground.system, findings });
  reporter.round({ ...whole, evidence });
}

function add(result: PlayedRound['result'], findings: PlayedRound['result']['findings']): PlayedRound['result'] {
  return { ...result, findings: [...result.findings, ...findings] };
}

import type { StageStatus, TaskState } from '@taskwire/protocol';
import type { StageDefinition } from '@taskwire/tasks';
import { encodeResult } from './encode-value.ts';
import { createStageContext, type StageWriters } from './stage-context.ts';
import type { RememberedStage, StageContext } from './task-context.ts';

/** Results of a task's finished stages, of this attempt and of earlier ones. */
export interface StageResults {
  /** Returns a stage's result from before this attempt, as it was stored; undefined if there is none. */
  recall(stage: string): unknown;
  /** Stores the result of a stage. */
  remember(stage: string, result: unknown): Promise<void>;
}

/** Dependencies of all stages of an attempt. */
export interface StageDependencies extends StageWriters {
  results: StageResults;
  /** State of the task right after the attempt's claim. */
  state: TaskState;
  /** Called after each stage, once the log has all that it wrote. */
  stageEnded: () => void;
}

/** A stage and its code. */
export interface StageWork extends RememberedStage<unknown> {
  plan: StageDefinition;
  run: (stage: StageContext) => Promise<unknown>;
}

const TAKEN_OVER = 'done already in an earlier attempt';

/** Runs a stage, or returns its result from an earlier attempt. */
export async function runStage(work: StageWork, dependencies: StageDependencies): Promise<unknown> {
  const remembered = await recall(work, dependencies.results);
  dependencies.signal.throwIfAborted();
  if (remembered === undefined) return runAnew(work, dependencies);
  const before = dependencies.state.stages.find((stage) => stage.name === work.plan.name)?.status;
  if (before !== 'done' && before !== 'skipped') await end(work.plan, dependencies, 'skipped');
  return remembered.result;
}

/** The stored result of a stage, if there is one that fits its schema and can still be used. */
async function recall(work: StageWork, results: StageResults): Promise<{ result: unknown } | undefined> {
  const { name, result } = work.plan;
  const stored = results.recall(name);
  if (result === undefined || stored === undefined) return undefined;
  const parsed = result.safeParse(stored);
  if (!parsed.success || (await work.usable?.(parsed.data)) === false) return undefined;
  return { result: parsed.data };
}

/** Runs a stage between its `running` and its `done` or `failed`. The log then has all that it wrote. */
async function runAnew({ plan, run }: StageWork, dependencies: StageDependencies): Promise<unknown> {
  const { signal } = dependencies;
  await writeStatus(plan, dependencies, 'running');
  try {
    const returned = await run(createStageContext(plan.name, dependencies));
    signal.throwIfAborted();
    const result = await remember(plan, dependencies.results, returned);
    signal.throwIfAborted();
    await end(plan, dependencies, 'done');
    return result;
  } catch (error) {
    if (!signal.aborted) await end(plan, dependencies, 'failed');
    throw error;
  }
}

async function remember(plan: StageDefinition, results: StageResults, returned: unknown): Promise<unknown> {
  if (plan.result === undefined) return returned;
  const what = `the result of the stage "${plan.name}"`;
  const { stored, read } = encodeResult(plan.result, returned, what);
  await results.remember(plan.name, stored);
  return read;
}

async function end(
  plan: StageDefinition,
  dependencies: StageDependencies,
  status: 'done' | 'skipped' | 'failed',
): Promise<void> {
  await writeStatus(plan, dependencies, status);
  await dependencies.journal.flush();
  dependencies.stageEnded();
}

async function writeStatus(
  plan: StageDefinition,
  dependencies: StageDependencies,
  status: Exclude<StageStatus, 'pending'>,
) {
  const message = status === 'skipped' ? { message: TAKEN_OVER } : {};
  const draft = { type: 'stage', stage: plan.name, status, weight: plan.weight, ...message } as const;
  dependencies.percent.stageChanged(draft);
  await dependencies.journal.write(draft);
}

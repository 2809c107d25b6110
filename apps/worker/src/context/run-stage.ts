import { fieldErrorText, fieldErrors, type FieldError, type StageStatus, type TaskState } from '@taskwire/protocol';
import type { StageDefinition } from '@taskwire/tasks';
import type * as z from 'zod';
import { jsonProblem } from './handler-calls.ts';
import { PermanentTaskError } from '../task-error.ts';
import { createStageContext, type StageWriters } from './stage-context.ts';
import type { RememberedStage, StageContext } from './task-context.ts';

/** What the finished stages of a task resulted in, in this attempt and in earlier ones. */
export interface StageResults {
  /** What was remembered of a stage before this attempt, as it was stored; undefined if nothing was. */
  recall(stage: string): unknown;
  /** Keeps what a stage has resulted in. */
  remember(stage: string, result: unknown): Promise<void>;
}

/** What a stage shares with the others of its attempt. */
export interface StageDependencies extends StageWriters {
  results: StageResults;
  /** The task's state when the attempt began. */
  state: TaskState;
  /** Called whenever a stage is over and all that it wrote is in the log. */
  stageEnded: () => void;
}

/** A stage, and the code that is to run in it. */
export interface StageWork extends RememberedStage<unknown> {
  plan: StageDefinition;
  run: (stage: StageContext) => Promise<unknown>;
}

const TAKEN_OVER = 'done already in an earlier attempt';

/** Runs a stage, or takes over what an earlier attempt has remembered of it. */
export async function runStage(work: StageWork, dependencies: StageDependencies): Promise<unknown> {
  const remembered = await recall(work, dependencies.results);
  dependencies.signal.throwIfAborted();
  if (remembered === undefined) return runAnew(work, dependencies);
  const before = dependencies.state.stages.find((stage) => stage.name === work.plan.name)?.status;
  if (before !== 'done' && before !== 'skipped') await end(work.plan, dependencies, 'skipped');
  return remembered.result;
}

/** What the stage resulted in, if that is known, still fits its schema, and can still be used. */
async function recall(work: StageWork, results: StageResults): Promise<{ result: unknown } | undefined> {
  const { name, result } = work.plan;
  const stored = results.recall(name);
  if (result === undefined || stored === undefined) return undefined;
  const parsed = result.safeParse(stored);
  if (!parsed.success || (await work.usable?.(parsed.data)) === false) return undefined;
  return { result: parsed.data };
}

/** Runs a stage between its `running` and its `done` or `failed`; by then all that it wrote is in the log. */
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
  const parsed = plan.result.safeParse(returned);
  if (!parsed.success) throw invalidOutput(plan.name, parsed.error);
  const problem = jsonProblem(returned, 'result');
  if (problem !== undefined) throw unstorable(plan.name, problem);
  // What the schema takes, not what it gives: it is checked by the schema again when it is recalled.
  await results.remember(plan.name, returned);
  return parsed.data;
}

function invalidOutput(stage: string, error: z.ZodError): PermanentTaskError {
  const fields = fieldErrorText(fieldErrors(error, { root: 'result' }));
  const message = `the result of the stage "${stage}" does not fit its schema: ${fields}`;
  return new PermanentTaskError('OUTPUT_INVALID', message);
}

function unstorable(stage: string, problem: FieldError): PermanentTaskError {
  return new PermanentTaskError(
    'OUTPUT_INVALID',
    `the result of the stage "${stage}" cannot be kept: ${fieldErrorText([problem])}`,
  );
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

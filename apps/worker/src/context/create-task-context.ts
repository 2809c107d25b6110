import type { TaskState } from '@taskwire/protocol';
import {
  taskDefinitions,
  type RememberedStageOf,
  type StageNameOf,
  type StageResultInput,
  type StageResultOf,
  type TaskKind,
} from '@taskwire/tasks';
import { openedUpload, type UploadFile } from '../uploads/opened-upload.ts';
import { logArguments, stageArguments, quietly } from './handler-calls.ts';
import type { Journal } from './journal.ts';
import { PercentTracker } from './percent-tracker.ts';
import { runStage, type StageWork, type StageResults } from './run-stage.ts';
import type { RememberedStage, StageContext, TaskContext } from './task-context.ts';

/** Dependencies of a context. `state` is the task's state right after the attempt's claim. */
export interface ContextDependencies {
  ownerId: string;
  attempt: number;
  signal: AbortSignal;
  journal: Journal;
  state: TaskState;
  results: StageResults;
  /** Finds an upload that the task's input names. */
  openUpload: (uploadId: string) => Promise<UploadFile>;
  /** Called after each stage, once the log has all that it wrote. */
  stageEnded: () => void;
}

/** Makes the context of a handler of `kind`. */
export function createTaskContext<Kind extends TaskKind>(
  kind: Kind,
  dependencies: ContextDependencies,
): TaskContext<Kind> {
  const { ownerId, attempt, signal, journal, state } = dependencies;
  const shared = { ...dependencies, percent: new PercentTracker(state) };
  const begun = new Set<string>();

  function stage<Name extends RememberedStageOf<Kind>>(
    name: Name,
    run: (stage: StageContext) => Promise<StageResultInput<Kind, Name>>,
    remembered?: RememberedStage<StageResultOf<Kind, Name>>,
  ): Promise<StageResultOf<Kind, Name>>;
  function stage<Result>(
    name: Exclude<StageNameOf<Kind>, RememberedStageOf<Kind>>,
    run: (stage: StageContext) => Promise<Result>,
  ): Promise<Result>;
  function stage(
    name: string,
    run: (stage: StageContext) => Promise<unknown>,
    remembered: RememberedStage<unknown> = {},
  ): Promise<unknown> {
    return runQuietly(name, run, remembered);
  }
  const runQuietly = quietly(async (name: string, run: StageWork['run'], remembered: RememberedStage<unknown>) => {
    signal.throwIfAborted();
    stageArguments(name, run, remembered);
    const plan = taskDefinitions[kind].stages.find((each) => each.name === name);
    if (plan === undefined) throw new TypeError(`stage: name: task kind ${kind} has no stage "${name}"`);
    if (begun.has(name)) throw new Error(`stage "${name}" has been run already in this attempt`);
    begun.add(name);
    return runStage({ plan, run, ...remembered }, shared);
  });

  const log = quietly<Parameters<TaskContext<Kind>['log']>>(async (level, message) => {
    signal.throwIfAborted();
    await journal.write({ type: 'log', ...logArguments(level, message) });
  });
  const openUpload: TaskContext<Kind>['openUpload'] = async (uploadId) => {
    signal.throwIfAborted();
    return openedUpload(await dependencies.openUpload(uploadId));
  };
  return { taskId: state.taskId, ownerId, attempt, signal, log, openUpload, stage };
}

import type { TaskState } from '@taskwire/protocol';
import type { StageDefinition } from '@taskwire/tasks';
import type { OpenedUpload } from '../uploads/opened-upload.ts';
import { createChannels, type ChannelPlan } from './channels.ts';
import { logArguments, stageArguments, quietly } from './handler-calls.ts';
import type { Journal } from './journal.ts';
import { PercentTracker } from './percent-tracker.ts';
import { runStage, type StageResults } from './run-stage.ts';
import type { AnyStageCode, RememberedStage, UntypedContext } from './task-context.ts';

/** Dependencies of a context. `state` is the task's state right after the attempt's claim. */
export interface ContextDependencies {
  ownerId: string;
  attempt: number;
  signal: AbortSignal;
  journal: Journal;
  state: TaskState;
  results: StageResults;
  /** Finds an upload that the task's input names. */
  openUpload: (uploadId: string) => Promise<OpenedUpload>;
  /** Called after each stage, once the log has all that it wrote. */
  stageEnded: () => void;
}

/** The part of a definition that a context needs. */
export interface ContextPlan extends ChannelPlan {
  readonly stages: readonly StageDefinition[];
}

/** Makes the context of a handler of a kind. */
export function createTaskContext(
  { kind, stages, channels }: ContextPlan,
  dependencies: ContextDependencies,
): UntypedContext {
  const { ownerId, attempt, signal, journal, state } = dependencies;
  const shared = { ...dependencies, percent: new PercentTracker(state) };
  const begun = new Set<string>();

  const stage = quietly(async (name: string, run: AnyStageCode, remembered: RememberedStage<unknown> = {}) => {
    signal.throwIfAborted();
    stageArguments(name, run, remembered);
    const plan = stages.find((each) => each.name === name);
    if (plan === undefined) throw new TypeError(`stage: name: task kind ${kind} has no stage "${name}"`);
    if (begun.has(name)) throw new Error(`stage "${name}" has been run already in this attempt`);
    begun.add(name);
    return runStage({ plan, run, ...remembered }, shared);
  });

  const log = quietly<Parameters<UntypedContext['log']>>(async (level, message) => {
    signal.throwIfAborted();
    await journal.write({ type: 'log', ...logArguments(level, message) });
  });
  const openUpload: UntypedContext['openUpload'] = async (uploadId) => {
    signal.throwIfAborted();
    return dependencies.openUpload(uploadId);
  };
  const channel = createChannels({ kind, channels }, dependencies);
  return { taskId: state.taskId, ownerId, attempt, signal, log, channel, openUpload, stage };
}

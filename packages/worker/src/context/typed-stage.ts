import type { RememberedStageOf, StageNameOf, StageResultInput, StageResultOf, TaskKind } from '@taskwire/tasks';
import type { RememberedStage, StageContext, TaskContext } from './task-context.ts';

/** Code of a stage, without the types of its kind. */
export type AnyStageCode = (stage: StageContext) => Promise<unknown>;

/** Runs any stage of a kind: by its name, with its code. */
export type RunAnyStage = (name: string, run: AnyStageCode, remembered: RememberedStage<unknown>) => Promise<unknown>;

/** The `stage` of a context: gives the one function for all stages the types of each. */
export function typedStage<Kind extends TaskKind>(runAny: RunAnyStage): TaskContext<Kind>['stage'] {
  function stage<Name extends RememberedStageOf<Kind>>(
    name: Name,
    run: (stage: StageContext) => Promise<StageResultInput<Kind, Name>>,
    remembered?: RememberedStage<StageResultOf<Kind, Name>>,
  ): Promise<StageResultOf<Kind, Name>>;
  function stage<Result>(
    name: Exclude<StageNameOf<Kind>, RememberedStageOf<Kind>>,
    run: (stage: StageContext) => Promise<Result>,
  ): Promise<Result>;
  function stage(name: string, run: AnyStageCode, remembered: RememberedStage<unknown> = {}): Promise<unknown> {
    return runAny(name, run, remembered);
  }
  return stage;
}

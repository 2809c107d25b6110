import type { TaskState } from '@taskwire/protocol';
import { taskDefinitions, type StageNameOf, type TaskKind } from '@taskwire/tasks';
import type { Journal } from './journal.ts';
import { PercentTracker } from './percent-tracker.ts';
import { runStage } from './run-stage.ts';
import { quietly } from './quietly.ts';
import type { StageContext, TaskContext } from './task-context.ts';

/** What a context stands on. `state` is the task's state when the attempt began. */
export interface ContextParts {
  ownerId: string;
  attempt: number;
  signal: AbortSignal;
  journal: Journal;
  state: TaskState;
}

/** Makes what a handler of `kind` gets. */
export function createTaskContext<Kind extends TaskKind>(kind: Kind, parts: ContextParts): TaskContext<Kind> {
  const { ownerId, attempt, signal, journal, state } = parts;
  const percent = new PercentTracker(state);
  const begun = new Set<string>();
  return {
    taskId: state.taskId,
    ownerId,
    attempt,
    signal,
    log: quietly(async (level, message) => {
      signal.throwIfAborted();
      await journal.write({ type: 'log', level, message });
    }),
    async stage<Result>(name: StageNameOf<Kind>, run: (stage: StageContext) => Promise<Result>): Promise<Result> {
      signal.throwIfAborted();
      const plan = taskDefinitions[kind].stages.find((stage) => stage.name === name);
      if (plan === undefined) throw new Error(`task kind ${kind} has no stage "${name}"`);
      if (begun.has(name)) throw new Error(`stage "${name}" has been run already in this attempt`);
      begun.add(name);
      return runStage(plan, { signal, journal, percent }, run);
    },
  };
}

import type { StagePlan } from '@taskwire/protocol';
import type { Journal } from './journal.ts';
import type { PercentTracker } from './percent-tracker.ts';
import { quietly } from './quietly.ts';
import type { StageContext } from './task-context.ts';

/** What a stage shares with the others of its attempt. */
export interface StageParts {
  signal: AbortSignal;
  journal: Journal;
  percent: PercentTracker;
}

/** Runs a stage between its `running` and its `done` or `failed`; by then all that it wrote is in the log. */
export async function runStage<Result>(
  plan: StagePlan,
  parts: StageParts,
  run: (stage: StageContext) => Promise<Result>,
): Promise<Result> {
  const { signal, journal } = parts;
  await writeStatus(plan, parts, 'running');
  try {
    const result = await run(createStageContext(plan.name, parts));
    signal.throwIfAborted();
    await writeStatus(plan, parts, 'done');
    await journal.flush();
    return result;
  } catch (error) {
    if (!signal.aborted) await writeStatus(plan, parts, 'failed');
    throw error;
  }
}

async function writeStatus(plan: StagePlan, parts: StageParts, status: 'running' | 'done' | 'failed'): Promise<void> {
  const draft = { type: 'stage', stage: plan.name, status, weight: plan.weight } as const;
  parts.percent.stageChanged(draft);
  await parts.journal.write(draft);
}

function createStageContext(stage: string, { signal, journal, percent }: StageParts): StageContext {
  let begun = false;
  let offset = 0;
  return {
    signal,
    progress: quietly(async (current, total, itemName) => {
      signal.throwIfAborted();
      checkAmount('current', current);
      checkAmount('total', total);
      const item = itemName === undefined ? {} : { itemName };
      const draft = percent.progressed({ type: 'progress', stage, current, total, ...item });
      if (begun) return journal.writeProgress(draft);
      begun = true;
      return journal.write(draft);
    }),
    token: quietly(async (text) => {
      signal.throwIfAborted();
      if (text === '') return;
      const draft = { type: 'token', stage, text, offset } as const;
      offset += text.length;
      await journal.writeToken(draft);
    }),
    log: quietly(async (level, message) => {
      signal.throwIfAborted();
      await journal.write({ type: 'log', stage, level, message });
    }),
  };
}

function checkAmount(name: string, amount: number): void {
  if (Number.isFinite(amount) && amount >= 0) return;
  throw new RangeError(`progress: ${name} must be a number from 0 on, not ${amount}`);
}

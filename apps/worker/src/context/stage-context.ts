import type { Journal } from './journal.ts';
import type { PercentTracker } from './percent-tracker.ts';
import { quietly } from './quietly.ts';
import type { StageContext } from './task-context.ts';

/** What a stage writes with. */
export interface StageWriters {
  signal: AbortSignal;
  journal: Journal;
  percent: PercentTracker;
}

/** Makes what the code of a stage gets. */
export function createStageContext(stage: string, { signal, journal, percent }: StageWriters): StageContext {
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

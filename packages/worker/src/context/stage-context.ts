import { logArguments, progressArguments, quietly } from './handler-calls.ts';
import type { Journal } from './journal.ts';
import type { PercentTracker } from './percent-tracker.ts';
import type { StageContext } from './task-context.ts';
import { TokenText } from './token-text.ts';

/** Dependencies of a stage's context. */
export interface StageWriters {
  signal: AbortSignal;
  journal: Journal;
  percent: PercentTracker;
}

/** Makes the context of a stage's code. */
export function createStageContext(stage: string, { signal, journal, percent }: StageWriters): StageContext {
  let begun = false;
  const written = new TokenText();
  return {
    signal,
    progress: quietly(async (current, total, itemName) => {
      signal.throwIfAborted();
      const draft = percent.progressed({ type: 'progress', stage, ...progressArguments(current, total, itemName) });
      if (begun) return journal.writeReplaceable(draft);
      begun = true;
      return journal.write(draft);
    }),
    token: quietly(async (text) => {
      signal.throwIfAborted();
      const token = written.add(text);
      if (token !== undefined) await journal.writeMergeable({ type: 'token', stage, ...token });
    }),
    log: quietly(async (level, message) => {
      signal.throwIfAborted();
      await journal.write({ type: 'log', stage, ...logArguments(level, message) });
    }),
  };
}

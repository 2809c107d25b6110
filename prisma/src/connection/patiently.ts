import { setTimeout as delay } from 'node:timers/promises';
import { connectionFailure } from './connection-failure.ts';

/** Longest wait (ms) between two tries. */
const LONGEST_DELAY_MS = 2_000;
const FIRST_DELAY_MS = 50;

export interface Patience {
  /** Longest absence (ms) of PostgreSQL before its failure is thrown. */
  limitMs: number;
  /** Ends the wait; the latest failure is thrown. */
  signal?: AbortSignal;
  /** False if the work must not run again once it may have run. Default true. */
  isRepeatable?: boolean;
}

/**
 * Repeats a repeatable operation while PostgreSQL is away.
 * @throws the error of `run`, if it is not a lost connection or the limit is reached.
 */
export async function patiently<Value>(run: () => Promise<Value>, patience: Patience): Promise<Value> {
  const giveUpAt = performance.now() + patience.limitMs;
  for (let waitMs = FIRST_DELAY_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_DELAY_MS)) {
    try {
      return await run();
    } catch (error) {
      const failure = connectionFailure(error);
      const isHopeless = failure === undefined || (failure === 'lost' && patience.isRepeatable === false);
      if (isHopeless || performance.now() + waitMs > giveUpAt || !(await waited(waitMs, patience.signal))) throw error;
    }
  }
}

/** False if the signal ended the wait. */
async function waited(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  const wait = signal === undefined ? delay(milliseconds) : delay(milliseconds, undefined, { signal });
  return wait.then(
    () => true,
    () => false,
  );
}

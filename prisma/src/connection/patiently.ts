import { setTimeout as delay } from 'node:timers/promises';
import { connectionFailure } from './connection-failure.ts';

/** The longest wait (ms) between two tries. */
const LONGEST_DELAY_MS = 2_000;
const FIRST_DELAY_MS = 50;

export interface Patience {
  /** How long (ms) PostgreSQL may be away before its failure is passed on. */
  limitMs: number;
  /** Ends the waiting: the latest failure is passed on. */
  signal?: AbortSignal;
  /** False if the work may not be repeated once it may have been done. Default true. */
  repeatable?: boolean;
}

/**
 * Does what may be repeated, again and again while PostgreSQL is away.
 * @throws what `run` throws, if that is no lost connection, or the patience is at its end.
 */
export async function patiently<Value>(run: () => Promise<Value>, patience: Patience): Promise<Value> {
  const giveUpAt = performance.now() + patience.limitMs;
  for (let waitMs = FIRST_DELAY_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_DELAY_MS)) {
    try {
      return await run();
    } catch (error) {
      const failure = connectionFailure(error);
      const hopeless = failure === undefined || (failure === 'lost' && patience.repeatable === false);
      if (hopeless || performance.now() + waitMs > giveUpAt || !(await waited(waitMs, patience.signal))) throw error;
    }
  }
}

/** False if the wait was ended early. */
async function waited(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  const wait = signal === undefined ? delay(milliseconds) : delay(milliseconds, undefined, { signal });
  return wait.then(
    () => true,
    () => false,
  );
}

import type { Database } from '../system/database.ts';
import type { System } from '../system/system.ts';
import type { LeakCheck } from '../leaks/leak-check.ts';
import type { Recorder } from '../truth/recorder.ts';
import type { Truth } from '../truth/truth.ts';

/** The system under test; the same for all rounds of a run. */
export interface RoundGround {
  system: System;
  database: Database;
  truth: Truth;
  recorder: Recorder;
  leaks: LeakCheck;
  /** A watcher's fetch; a test's may spoil answers to see that the oracle notices. */
  fetchFor: (watcherName: string) => typeof fetch;
  /** Ends a round early. */
  signal: AbortSignal;
}

import type { RunningTask } from '../../../../testing/running-task.ts';
import type { Ask } from './ask.ts';
import type { Tolerance } from '../comparing/differences.ts';
import type { Pair } from './pair.ts';

/** Both servers, and a running task of a user who has no other task. */
export interface Stage {
  pair: Pair;
  task: RunningTask;
}

/** Events on both servers while both get the same request. Their clients must see the same. */
export interface Scenario extends Tolerance {
  /** The rule that it holds. */
  name: string;
  /** Runs before the first watcher connects. */
  before?: (stage: Stage) => Promise<unknown>;
  ask: (stage: Stage) => Ask | Promise<Ask>;
  /** The moment from which watchers are ready for `during`: `delivered` (default): once each has a first message; `connected`: before that. */
  ready?: 'delivered' | 'connected';
  /** Runs once all watch; `received` waits until the text of each server's stream matches the pattern. */
  during?: (stage: Stage, received: (pattern: RegExp) => Promise<void>) => Promise<unknown>;
  /** Pattern in the text of a complete stream that does not end by itself; absent: it ends. */
  until?: RegExp;
  /** Outline of the expected answer: two answers with the same fault must not pass. */
  outline: string | RegExp;
  /** No client of tRPC asks like this, so only the bytes are compared. */
  withoutLinks?: boolean;
}

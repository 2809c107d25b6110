import type { LogLevel } from '@taskwire/protocol';
import type { StageNameOf, TaskKind } from '@taskwire/tasks';

/**
 * What a stage's code gets. Every call resolves at once while there is room in the buffer, and later if the log is slow:
 * await them, so that a fast stage cannot outrun it. Once `signal` has aborted every call throws its reason.
 */
export interface StageContext {
  /**
   * Says how far the stage is. Of several within 50 ms only the last is written; the first always is.
   * @param current 0 or more, in whatever unit `total` has.
   * @param total 0 while unknown.
   * @param itemName What is being worked on, for people: `page 12 of 340`.
   * @throws RangeError for a number that is negative or not finite.
   */
  progress(current: number, total: number, itemName?: string): Promise<void>;
  /** Adds to the stage's text. Nothing is lost; what is added within 50 ms may be written as one event. */
  token(text: string): Promise<void>;
  /** Adds a line to the task's log, for its owner to read: no secrets. */
  log(level: LogLevel, message: string): Promise<void>;
  /** Aborts when the attempt must end: canceled, taken over by another worker, or the worker stops. */
  readonly signal: AbortSignal;
}

/** What a handler gets. */
export interface TaskContext<Kind extends TaskKind> {
  readonly taskId: string;
  readonly ownerId: string;
  /** The how-manieth try this is: 1, 2, … */
  readonly attempt: number;
  readonly signal: AbortSignal;
  log(level: LogLevel, message: string): Promise<void>;
  /**
   * Runs a stage of the definition and returns what `run` does. Watchers see it begin, and end or fail.
   * A stage can be run once in an attempt.
   */
  stage<Result>(name: StageNameOf<Kind>, run: (stage: StageContext) => Promise<Result>): Promise<Result>;
}

/** What the finished stages of a task resulted in, in this attempt and in earlier ones. */
export interface StageResults {
  /** What was remembered of a stage before this attempt, as it was stored; undefined if nothing was. */
  recall(stage: string): unknown;
  /** Keeps what a stage has resulted in. */
  remember(stage: string, result: unknown): Promise<void>;
}

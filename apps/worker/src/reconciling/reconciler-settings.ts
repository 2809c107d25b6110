/** When and what a reconciler looks at. */
export interface ReconcilerSettings {
  /** How long (ms) it rests between two passes. */
  everyMs: number;
  /** Tasks younger than this (ms) are left alone: they may still be being created. */
  minimumAgeMs: number;
  /** How long (ms) one pass may take; the next one goes on where it ended. */
  passMs: number;
}

export const DEFAULT_RECONCILING: ReconcilerSettings = { everyMs: 3_000, minimumAgeMs: 5_000, passMs: 20_000 };

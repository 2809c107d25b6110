/** What the command ends with, for scripts to rely on. */
export const EXIT_STATUS = {
  /** It worked; of a watched task: it ended in `done`. */
  done: 0,
  /** It failed; of a watched task: it ended in `error`. */
  error: 1,
  /** It was called wrongly: an unknown option, an input that does not fit. */
  usage: 2,
  /** The watched task was canceled. */
  canceled: 3,
  /** Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;

export type ExitStatus = (typeof EXIT_STATUS)[keyof typeof EXIT_STATUS];

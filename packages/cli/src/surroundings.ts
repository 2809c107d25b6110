import type { Environment, Variables } from './env.ts';

/** A stream for output. A terminal has `isTTY` and its width (columns). */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** All that a run of the command uses outside itself. */
export interface Surroundings {
  readonly environment: Environment;
  /** All environment variables, for programs that the command starts. */
  readonly variables: Variables;
  /** The folder that the command was called in. Absolute. */
  readonly workingFolder: string;
  /** Results only. */
  readonly stdout: OutputStream;
  /** Remarks for people, and errors. */
  readonly stderr: OutputStream;
  /** Calls back on each Ctrl-C, instead of ending the process, until the returned function is called. */
  onInterrupt(callback: () => void): () => void;
}

/** Exit statuses of the command; scripts rely on them. */
export const EXIT_STATUS = {
  /** Success; a watched task ended in `done`. */
  done: 0,
  /** Failure; a watched task ended in `error`. */
  error: 1,
  /** Wrong call: an unknown option, an input that does not fit. */
  usage: 2,
  /** The watched task was canceled. */
  canceled: 3,
  /** Ctrl-C, by the convention of shells. */
  interrupted: 130,
} as const;

export type ExitStatus = (typeof EXIT_STATUS)[keyof typeof EXIT_STATUS];

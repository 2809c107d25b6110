import type { Environment } from './env.ts';

/** Where output goes. A terminal says so, and how wide it is. */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Everything that a run of the command touches outside itself. */
export interface Surroundings {
  readonly environment: Environment;
  /** Results only. */
  readonly stdout: OutputStream;
  /** Words for people, and errors. */
  readonly stderr: OutputStream;
  /** Calls back on every Ctrl-C instead of ending the process, until the returned function is called. */
  onInterrupt(callback: () => void): () => void;
}

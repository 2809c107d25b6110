import type { TaskwireClient } from '@taskwire/client';
import type { ExitStatus } from './exit-status.ts';
import type { Output } from './output/output.ts';
import type { Surroundings } from './surroundings.ts';

/** What every command gets. */
export interface CommandContext {
  readonly client: TaskwireClient;
  readonly output: Output;
  readonly surroundings: Surroundings;
}

/** A command's own part: does the work and says how it ended. */
export type CommandBody = (context: CommandContext) => Promise<ExitStatus>;

/** Runs a command's part with a context made for the options it was called with. */
export type RunCommand = (body: CommandBody) => Promise<void>;

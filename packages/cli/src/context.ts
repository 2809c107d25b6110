import type { TaskwireClient } from '@taskwire/client';
import type { Output } from './output/output.ts';
import type { ExitStatus, Surroundings } from './surroundings.ts';

/** Context of every command. */
export interface CommandContext {
  readonly client: TaskwireClient;
  readonly output: Output;
  readonly surroundings: Surroundings;
}

/** The work of a command. Returns its exit status. */
export type CommandBody = (context: CommandContext) => Promise<ExitStatus>;

/** Runs a command's work in a context for its global options. */
export type RunCommand = (body: CommandBody) => Promise<void>;

import type { TaskwireClient } from '@taskwire/client';
import type { Command } from 'commander';
import type { Output } from './output/output.ts';
import type { Surroundings } from './surroundings.ts';

/** Context of every command. */
export interface CommandContext {
  readonly client: TaskwireClient;
  readonly output: Output;
  readonly surroundings: Surroundings;
}

/** The work of a command. Returns its exit status: one of `EXIT_STATUS`, or that of a program that it ran. */
export type CommandBody = (context: CommandContext) => Promise<number>;

/**
 * Runs a command's work in a context for its global options.
 * `listedBy`: the command that lists what this one looks for, which the error NOT_FOUND names (default: `taskwire list`).
 */
export type RunCommand = (body: CommandBody, options?: { listedBy?: string }) => Promise<void>;

/** Adds commands to the program. `run` calls the work of one with a client and the output. */
export type RegisterCommands = (program: Command, run: RunCommand) => void;

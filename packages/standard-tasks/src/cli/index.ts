import type { RunCommand } from '@taskwire/cli/extension';
import type { Command } from 'commander';
import { registerDocument } from './document.ts';
import { registerSearch } from './search.ts';

/** Adds `taskwire search` and `taskwire document`. */
export function registerCommands(program: Command, run: RunCommand): void {
  registerSearch(program, run);
  registerDocument(program, run);
}

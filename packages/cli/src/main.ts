#!/usr/bin/env node
import { environment, variables } from './env.ts';
import { loadExtensions } from './commands/team/extensions.ts';
import { plain } from './output/output.ts';
import { runCli } from './run-cli.ts';

// In `taskwire list | head`, the reader closes the pipe early. That is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const surroundings = {
  environment,
  variables,
  workingFolder: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  onInterrupt(callback: () => void) {
    process.on('SIGINT', callback);
    return () => process.off('SIGINT', callback);
  },
};
const extensions = await loadExtensions(surroundings.workingFolder, (line) =>
  process.stderr.write(`warning: ${plain(line)}\n`),
);
process.exitCode = await runCli(process.argv.slice(2), surroundings, extensions);

#!/usr/bin/env node
import { environment, variables } from './env.ts';
import { runCli } from './run-cli.ts';

// In `taskwire list | head`, the reader closes the pipe early. That is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runCli(process.argv.slice(2), {
  environment,
  variables,
  workingFolder: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  onInterrupt(callback) {
    process.on('SIGINT', callback);
    return () => process.off('SIGINT', callback);
  },
});

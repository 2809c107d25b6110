#!/usr/bin/env node
import { packageManagerOf } from './env.ts';
import { runCreate } from './run-create.ts';

process.exitCode = await runCreate(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  packageManager: packageManagerOf(),
});

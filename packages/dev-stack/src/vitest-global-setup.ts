import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { startDevStack } from './dev-stack.ts';
import { temporaryFolder } from './env.ts';
import './provided-context.ts';

/** Starts one stack in a throw-away folder for the whole run, and ends it afterwards (vitest's `globalSetup`). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDirectory = await mkdtemp(join(temporaryFolder(), 'taskwire-test-'));
  // As root, PostgreSQL runs as another user, who must come through.
  await chmod(dataDirectory, 0o755);
  const stack = await startDevStack({ dataDirectory, durable: false });
  project.provide('databaseUrl', stack.databaseUrl);
  project.provide('redisUrl', stack.redisUrl);
  return async () => {
    await stack.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
}

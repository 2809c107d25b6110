import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevStack } from '@taskwire/dev-stack';
import type {} from '@taskwire/dev-stack/provided-context';
import type { TestProject } from 'vitest/node';

/** Starts one stack in a throw-away folder for the whole run, and ends it afterwards (vitest's `globalSetup`). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'taskwire-test-'));
  // As root, PostgreSQL runs as another user, who must enter it.
  await chmod(dataDirectory, 0o755);
  const stack = await startDevStack({ dataDirectory, durable: false });
  project.provide('databaseUrl', stack.databaseUrl);
  project.provide('redisUrl', stack.redisUrl);
  return async () => {
    await stack.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
}

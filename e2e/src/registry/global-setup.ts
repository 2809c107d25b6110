import type { TestProject } from 'vitest/node';
import { runTurbo } from '../../../scripts/lib/turbo.ts';
import { publishPackages } from './publish.ts';
import { startRegistry } from './registry.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The registry of the test run. */
    registry: { url: string; settingsFile: string };
  }
}

/** Builds the workspace, starts one registry for the whole run, publishes to it, and ends it afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { status, output } = await runTurbo(['build', 'declarations']);
  if (status !== 0) throw new Error(`the workspace cannot be built:\n${output}`);
  const registry = await startRegistry();
  try {
    await publishPackages(registry);
  } catch (error) {
    await registry.close();
    throw error;
  }
  project.provide('registry', { url: registry.url, settingsFile: registry.settingsFile });
  return () => registry.close();
}

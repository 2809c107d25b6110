import { fileURLToPath } from 'node:url';
import { runTurbo } from '../../../scripts/lib/turbo.ts';

export type AppName = 'api' | 'worker';

/** The file that starts an app as it is deployed. */
export function builtApp(app: AppName): string {
  return fileURLToPath(new URL(`../../../apps/${app}/dist/main.js`, import.meta.url));
}

let building: Promise<void> | undefined;

/** Builds api and worker once a run, from the cache if nothing changed. @throws Error with the build's output. */
export function buildApps(): Promise<void> {
  building ??= build();
  return building;
}

async function build(): Promise<void> {
  const { status, output } = await runTurbo(['build'], { packages: ['@taskwire/api', '@taskwire/worker'] });
  if (status !== 0) throw new Error(`The build failed:\n${output.trimEnd()}`);
}

import { fileURLToPath } from 'node:url';
import { runForeign } from './foreign-environment.ts';
import type { RunningRegistry } from './registry.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const HOOK = fileURLToPath(new URL('versioned-packing.cjs', import.meta.url));

/** Publishes every public package of the built workspace, as a release does. The versions end with a suffix of this run. */
export async function publishPackages({ url, settingsFile }: RunningRegistry): Promise<void> {
  const pnpm = ['--yes', 'pnpm@12', `--config.pnpmfile=${HOOK}`];
  const publish = ['--recursive', 'publish', '--registry', `${url}/`, '--no-git-checks', '--tag', 'latest'];
  await runForeign({
    command: 'npx',
    arguments: [...pnpm, ...publish],
    folder: ROOT,
    environment: { VERSION_SUFFIX: `-run.${Date.now()}`, npm_config_userconfig: settingsFile },
  });
}

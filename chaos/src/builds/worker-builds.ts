import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { leavingOut } from './older-sources.ts';
import { dependenciesByAddress, withMisdeeds, workerFromSources } from './plugins.ts';

const ROOT = new URL('../../../', import.meta.url);
/** The program, and beside it the module of its threads. */
const ENTRIES = { main: 'apps/worker/src/main.ts', 'task-thread': 'packages/worker/src/task-thread.ts' };

/** The worker's program, as built for this run. */
export interface WorkerBuilds {
  /** The worker as it is, whose `demo.count` can also commit misdeeds. */
  current: string;
  /** The same as if it were older: without a kind that the rest of the system has, and with a narrower input of another. */
  older: string;
}

/**
 * Builds the worker's program twice into a folder. The packages of the current one are those that `pnpm build` has made.
 * @throws Error if the sources have changed so that no older build can be made of them.
 */
export async function buildWorkers(folder: string): Promise<WorkerBuilds> {
  const [current, older] = [join(folder, 'current'), join(folder, 'older')];
  const sources = leavingOut();
  await bundle(current, [workerFromSources(), withMisdeeds(), dependenciesByAddress()]);
  await bundle(older, [workerFromSources(), withMisdeeds(), sources.plugin, dependenciesByAddress()]);
  sources.check();
  return { current: join(current, 'main.js'), older: join(older, 'main.js') };
}

async function bundle(outdir: string, plugins: Parameters<typeof build>[0]['plugins']): Promise<void> {
  await build({
    entryPoints: Object.fromEntries(
      Object.entries(ENTRIES).map(([name, path]) => [name, fileURLToPath(new URL(path, ROOT))]),
    ),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    outExtension: { '.js': '.js' },
    conditions: [],
    sourcemap: true,
    logLevel: 'silent',
    plugins: plugins ?? [],
  });
}

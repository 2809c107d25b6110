import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { leavingOut } from './older-sources.ts';
import { dependenciesByAddress, withMisdeeds } from './plugins.ts';

const WORKER = fileURLToPath(new URL('../../../apps/worker/src/', import.meta.url));
const ENTRIES = ['main.ts', 'task-thread.ts'];

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
  await bundle(current, [withMisdeeds(), dependenciesByAddress()]);
  await bundle(older, [withMisdeeds(), sources.plugin, dependenciesByAddress()]);
  sources.check();
  return { current: join(current, 'main.js'), older: join(older, 'main.js') };
}

async function bundle(outdir: string, plugins: Parameters<typeof build>[0]['plugins']): Promise<void> {
  await build({
    entryPoints: ENTRIES.map((entry) => join(WORKER, entry)),
    outdir,
    // Threads are found beside the program.
    outbase: WORKER,
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

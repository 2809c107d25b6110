import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

const MISBEHAVING = fileURLToPath(new URL('../misdeeds/misbehaving.ts', import.meta.url));
const WORKER = fileURLToPath(new URL('../../../packages/worker/src/index.ts', import.meta.url));
const NAMESPACE = 'handlers-with-misdeeds';
/** Marks a resolution that a plugin here has asked for itself. */
const ASKED = Symbol('asked');

/** Leaves other packages where they are: a program that lies anywhere imports them by their addresses. */
export function dependenciesByAddress(): Plugin {
  return {
    name: 'dependencies-by-address',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
        if (pluginData === ASKED || path.startsWith('node:') || from.kind === 'entry-point') return undefined;
        const { resolveDir, importer, kind } = from;
        const found = await build.resolve(path, { resolveDir, importer, kind, pluginData: ASKED });
        if (found.errors.length > 0 || found.path === path) return found;
        return { path: pathToFileURL(found.path).href, external: true };
      });
    },
  };
}

/** Takes the worker's package from its sources, so that the other plugins can change them. */
export function workerFromSources(): Plugin {
  return {
    name: 'worker-from-sources',
    setup(build) {
      build.onResolve({ filter: /^@taskwire\/worker$/ }, () => ({ path: WORKER }));
    },
  };
}

/** Puts the handler that can misbehave in the place of the one of `demo.count`. */
export function withMisdeeds(): Plugin {
  return {
    name: 'with-misdeeds',
    setup(build) {
      build.onResolve({ filter: /\/handlers\/index\.ts$/ }, async ({ path, namespace, pluginData, ...from }) => {
        if (namespace === NAMESPACE || pluginData === ASKED) return undefined;
        const { resolveDir, importer, kind } = from;
        const found = await build.resolve(path, { resolveDir, importer, kind, pluginData: ASKED });
        return { path: found.path, namespace: NAMESPACE };
      });
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
        contents: [
          `import { handlers as real } from ${JSON.stringify(path)};`,
          `import { misbehaving } from ${JSON.stringify(MISBEHAVING)};`,
          `export * from ${JSON.stringify(path)};`,
          `export const handlers = { ...real, 'demo.count': misbehaving(real['demo.count']) };`,
        ].join('\n'),
        resolveDir: fileURLToPath(new URL('.', pathToFileURL(path))),
      }));
    },
  };
}

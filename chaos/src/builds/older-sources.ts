import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { NEWER_KIND, OLDER_COUNT } from '../older-build.ts';

const PACKAGES = new Map(
  ['tasks', 'queue'].map((name) => [
    `@taskwire/${name}`,
    fileURLToPath(new URL(`../../../packages/${name}/src/index.ts`, import.meta.url)),
  ]),
);

/** Changes to the sources, by file name. */
const EDITS: Readonly<Record<string, (text: string) => string>> = {
  'registry.ts': (text) => withoutLines(text, /demoBurn|demo-burn/),
  'task-handlers.ts': (text) => text.replace(`'${NEWER_KIND}': inThread('${NEWER_KIND}')`, ''),
  'demo-count.ts': (text) => text.replace('.max(100_000)', `.max(${OLDER_COUNT})`),
};
const EDITED = /(packages\/tasks\/src\/(registry|definitions\/demo-count)|packages\/worker\/src\/task-handlers)\.ts$/;

function withoutLines(text: string, pattern: RegExp): string {
  return text
    .split('\n')
    .filter((line) => !pattern.test(line))
    .join('\n');
}

/** Makes of today's sources what an older build could have been. `check` throws if a source had nothing to change. */
export function leavingOut(): { plugin: Plugin; check: () => void } {
  const changed = new Set<string>();
  const plugin: Plugin = {
    name: 'leaving-out',
    setup(build) {
      build.onResolve({ filter: /^@taskwire\/(tasks|queue)$/ }, ({ path }) => {
        const source = PACKAGES.get(path);
        return source === undefined ? undefined : { path: source };
      });
      build.onLoad({ filter: EDITED }, async ({ path }) => {
        const name = basename(path);
        const text = await readFile(path, 'utf8');
        const edited = EDITS[name]?.(text) ?? text;
        if (edited !== text) changed.add(name);
        return { contents: edited, loader: 'ts' };
      });
    },
  };
  return {
    plugin,
    check: () => {
      const same = Object.keys(EDITS).filter((name) => !changed.has(name));
      if (same.length > 0) throw new Error(`no older build can be made: nothing to change in ${same.join(', ')}`);
    },
  };
}

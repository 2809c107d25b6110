// Builds the JavaScript of the package in the current folder into dist/: one file per entry point (default:
// src/index.ts), its own sources bundled, everything that comes from another package left as an import. With --splitting,
// what entry points share, and what they import dynamically, stands in files of its own. Declarations are another step:
// scripts/publishing/emit-declarations.ts.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const splitting = process.argv.includes('--splitting');
const entryPoints = process.argv.slice(2).filter((argument) => argument !== '--splitting');

const { metafile } = await build({
  entryPoints: entryPoints.length > 0 ? entryPoints : ['src/index.ts'],
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  splitting,
  packages: 'external',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
});

// Files of an earlier build would be published with this one.
const built = new Set(Object.keys(metafile.outputs).map((path) => join(path)));
for (const entry of await readdir('dist', { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && /\.js(\.map)?$/.test(path) && !built.has(path)) await rm(path);
}

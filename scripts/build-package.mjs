// Builds the package in the current folder into dist/: one file per entry point (default: src/index.ts),
// its own sources bundled, everything that comes from another package left as an import. With --splitting, what entry
// points share, and what they import dynamically, stands in files of its own.
import { build } from 'esbuild';

const splitting = process.argv.includes('--splitting');
const entryPoints = process.argv.slice(2).filter((argument) => argument !== '--splitting');
await build({
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
  logLevel: 'warning',
});

// Builds the package in the current folder into dist/: one file per entry point (default: src/index.ts),
// its own sources bundled, everything that comes from another package left as an import.
import { build } from 'esbuild';

const entryPoints = process.argv.slice(2);
await build({
  entryPoints: entryPoints.length > 0 ? entryPoints : ['src/index.ts'],
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
});

// Bundles the program of a box from its sources into node_modules/.cache, for runs from source, and prints its path.
// The folder is named after the content, so that processes of different sources do not disturb each other.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const { outputFiles } = await build({
  entryPoints: ['box-process', 'box-watchdog'].map((name) => join(here, `src/reading/box/${name}.ts`)),
  // Nothing lies there: the files are written below.
  outdir: join(here, 'node_modules/.cache/box'),
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  write: false,
  logLevel: 'warning',
});
const hash = createHash('sha256');
for (const { path, contents } of outputFiles) hash.update(path).update(contents);
const cache = join(here, 'node_modules/.cache');
const folder = join(cache, `box-${hash.digest('hex').slice(0, 16)}`);
if (!existsSync(folder)) {
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'draft-'));
  for (const { path, contents } of outputFiles) await writeFile(join(draft, basename(path)), contents);
  await writeFile(join(draft, 'package.json'), '{ "type": "module" }');
  // Another process may have put the same bundle there meanwhile.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
}
process.stdout.write(join(folder, 'box-process.js'));

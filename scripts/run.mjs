// Runs a TypeScript file of this repository with workspace packages taken from their sources:
// `node scripts/run.mjs path/to/file.ts [arguments]`. The file's exit status is this process's.
// Plain JavaScript that an old Node can read, so that it can say that it is too old.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const NEEDED = [20, 19];
const found = process.versions.node.split('.').map(Number);
if (found[0] < NEEDED[0] || (found[0] === NEEDED[0] && found[1] < NEEDED[1])) {
  console.error('Taskwire needs Node.js ' + NEEDED.join('.') + ' or newer; this is ' + process.versions.node + '.');
  console.error('Install a newer one from https://nodejs.org, then run the same command again.');
  process.exit(1);
}

const [file, ...rest] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node scripts/run.mjs FILE.ts [arguments]');
  process.exit(2);
}
const typescriptLoader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const child = spawn(
  process.execPath,
  ['--conditions=taskwire-source', '--import', typescriptLoader, resolve(file), ...rest],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

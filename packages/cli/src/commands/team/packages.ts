import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { moduleResolve } from 'import-meta-resolve';
import { nodeOptions } from '../../env.ts';

const LOCK_FILES = [
  { file: 'pnpm-lock.yaml', install: 'pnpm add', forDevelopment: '-D ' },
  { file: 'yarn.lock', install: 'yarn add', forDevelopment: '-D ' },
  { file: 'bun.lock', install: 'bun add', forDevelopment: '-d ' },
];
const NPM = { install: 'npm install', forDevelopment: '--save-dev ' };

/** The command that installs a package in a team's project, by the package manager that the project uses. */
export function installCommand(folder: string, name: string, { dev = false } = {}): string {
  const { install, forDevelopment } = LOCK_FILES.find(({ file }) => isAtOrAbove(folder, file)) ?? NPM;
  return `${install} ${dev ? forDevelopment : ''}${name}`;
}

function isAtOrAbove(folder: string, file: string): boolean {
  for (let each = folder; ; each = dirname(each)) {
    if (existsSync(join(each, file))) return true;
    if (dirname(each) === each) return false;
  }
}

/** Outcome of a search for a module of a package. */
export type FoundModule = { url: string } | 'not installed' | 'not exported';

/** Finds the module that an import in a folder or by a module would give. */
export function findModule(specifier: string, importer: string | URL): FoundModule {
  const base = importer instanceof URL ? importer : pathToFileURL(join(importer, 'package.json'));
  try {
    return { url: moduleResolve(specifier, base, conditions()).href };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return 'not exported';
    if (code === 'ERR_MODULE_NOT_FOUND') return 'not installed';
    throw error;
  }
}

/** The conditions of package exports that hold for this process. */
function conditions(): Set<string> {
  const words = [...process.execArgv, ...nodeOptions.split(' ')];
  const given = words.flatMap((word, index) => {
    if (word === '--conditions' || word === '-C') return [words[index + 1] ?? ''];
    return word.startsWith('--conditions=') ? [word.slice('--conditions='.length)] : [];
  });
  return new Set(['node', 'import', ...given]);
}

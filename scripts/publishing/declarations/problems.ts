import { isAbsolute } from 'node:path';
import type { Manifest } from '../lib/manifest.ts';
import { findSpecifiers, withoutProse } from './declaration-specifiers.ts';
import type { Declarations } from './reach.ts';

/** The `any` that Vue's compiler writes for every component: a listener's result, an element's attributes, all slots. */
const OF_VUE = /=> any\b|\battrs: any\b|\bT extends any\b|, any>;$/g;

type Imports = Pick<Manifest, 'name' | 'dependencies' | 'peerDependencies'>;

/** Lists the parts of a package's declarations that a foreign project could not use, or should not see. One line each. */
export function findProblems(declarations: Declarations, manifest: Imports): string[] {
  return [...declarations].flatMap(([path, declaration]) => [
    ...codeProblems(path, declaration).map((problem) => `${path}: ${problem}`),
    ...findSpecifiers(declaration).flatMap((specifier) => {
      const problem = specifierProblem(specifier, manifest);
      return problem === undefined ? [] : [`${path}: ${problem}`];
    }),
  ]);
}

function codeProblems(path: string, declaration: string): string[] {
  const isComponent = path.endsWith('.vue.d.ts');
  const lines = withoutProse(declaration).split('\n');
  return lines.flatMap((line) => {
    if (/\bany\b/.test(isComponent ? line.replaceAll(OF_VUE, '') : line))
      return [`the type \`any\` in: ${line.trim()}`];
    if (/\bPrisma(Client)?\b/.test(line)) return [`a type of Prisma in: ${line.trim()}`];
    return [];
  });
}

function specifierProblem(specifier: string, manifest: Imports): string | undefined {
  if (specifier.startsWith('@prisma/') || specifier.includes('generated/')) return `a type of Prisma from ${specifier}`;
  if (isAbsolute(specifier) || specifier.includes('node_modules')) return `a path of this machine: ${specifier}`;
  if (!specifier.startsWith('.')) return missingPackage(specifier, manifest);
  return specifier.endsWith('.js') ? undefined : `no file of the package: ${specifier}`;
}

function missingPackage(specifier: string, { name, dependencies, peerDependencies }: Imports): string | undefined {
  const needed = specifier.startsWith('node:') ? '@types/node' : packageOf(specifier);
  if ([name, ...Object.keys(dependencies), ...Object.keys(peerDependencies)].includes(needed)) return undefined;
  return `needs ${needed}, which is neither a dependency nor a peer`;
}

/** `@trpc/server/http` → `@trpc/server`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

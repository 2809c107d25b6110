import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '@taskwire/dev-stack/programs';
import type { Compiled } from './compile.ts';
import { findSpecifiers, replaceSpecifiers } from './declaration-specifiers.ts';

/** Declarations by their path, which is relative to the folder of all. */
export type Declarations = Map<string, string>;

/**
 * Reads the declarations that public names need: the entries, and what they import, directly or through others. Their
 * relative specifiers name JavaScript files afterwards, because a foreign project must not look for sources.
 * @param entries paths relative to the folder, such as `index.d.ts`
 * @throws Problem with the compiler's words if a declaration is missing
 */
export async function readReached({ folder, output }: Compiled, entries: readonly string[]): Promise<Declarations> {
  const reached: Declarations = new Map();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    const declaration = await readFile(join(folder, path), 'utf8').catch((cause: unknown) => {
      throw new Problem(`There is no declaration ${path}.`, { detail: output, cause });
    });
    reached.set(path, withReferences(replaceSpecifiers(declaration, toJavaScript)));
    for (const specifier of findSpecifiers(declaration).filter(isRelative)) {
      waiting.push(join(dirname(path), declarationOf(specifier)));
    }
  }
  return reached;
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith('./') || specifier.startsWith('../');
}

/** `./a.ts` → `./a.js`; `./A.vue` → `./A.vue.js`, because Node's resolution looks for no `A.vue.d.ts` otherwise. */
function toJavaScript(specifier: string): string {
  if (!isRelative(specifier)) return specifier;
  return specifier.endsWith('.vue') ? `${specifier}.js` : specifier.replace(/\.tsx?$/, '.js');
}

function declarationOf(specifier: string): string {
  return toJavaScript(specifier).replace(/\.js$/, '.d.ts');
}

/** Compilers load no global types by themselves: a declaration that uses those of Node says so. */
function withReferences(declaration: string): string {
  const usesNode =
    findSpecifiers(declaration).some((specifier) => specifier.startsWith('node:')) ||
    /\b(Buffer|NodeJS\.\w+)\b/.test(declaration);
  return usesNode ? `/// <reference types="node" />\n${declaration}` : declaration;
}

import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';

const CODE = new Set(['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs']);
/** A module for a thread is named by its address: `new URL('./burn.ts', import.meta.url)`. */
const ADDRESS = /new URL\(\s*['"`](\.{1,2}\/[^'"`]+)['"`]\s*,\s*import\.meta\.url/g;
const IMPORT = /(?:from|import|import\()\s*['"](\.{1,2}\/[^'"]+)['"]/g;

/**
 * The files that run in threads of a program, which reports the imports of its main thread only: those that a file names
 * by their addresses, and what they import by relative paths. Found by their text, so an address that is put together
 * from parts is not.
 * @returns absolute paths; empty for a file that is no code.
 */
export async function threadFiles(file: string): Promise<string[]> {
  const found = new Set<string>();
  for (const named of await specifiersIn(file, ADDRESS)) await addWithImports(named, found);
  return [...found];
}

async function addWithImports(file: string, found: Set<string>): Promise<void> {
  if (found.has(file)) return;
  found.add(file);
  for (const imported of await specifiersIn(file, IMPORT)) await addWithImports(imported, found);
}

async function specifiersIn(file: string, pattern: RegExp): Promise<string[]> {
  const text = CODE.has(extname(file)) ? await readFile(file, 'utf8').catch(() => '') : '';
  const specifiers = [...text.matchAll(pattern)].flatMap(([, specifier]) => specifier ?? []);
  return Promise.all(specifiers.map((specifier) => existing(resolve(dirname(file), specifier))));
}

/** The file that a path means: TypeScript may stand behind the name of the JavaScript that it becomes. */
async function existing(path: string): Promise<string> {
  const typescript = path.replace(/\.([cm]?)js$/, '.$1ts');
  const isThere = await readFile(path).then(
    () => true,
    () => false,
  );
  return isThere ? path : typescript;
}

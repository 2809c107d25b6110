import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Template } from './options.ts';
import { ownVersion } from './own-version.ts';

/** The folder of the templates with their versions: beside the built command. */
const BUILT = fileURLToPath(new URL('templates/', import.meta.url));
/** The same for the sources, which tests run. */
const BUILT_FROM_SOURCES = fileURLToPath(new URL('../dist/templates/', import.meta.url));
const ROOT = import.meta.url.endsWith('.ts') ? BUILT_FROM_SOURCES : BUILT;

/** The folders whose files make a template. A later one replaces files of an earlier one. */
const LAYERS: Readonly<Record<Template, readonly string[]>> = {
  react: ['shared', 'web', 'react'],
  vue: ['shared', 'web', 'vue'],
  node: ['shared', 'node'],
};

/** File whose rows go into the README of its template. */
const README_ROWS = '_readme-rows';

/** The files of a template: their texts by path, with `/` between folders. */
export async function templateFiles(template: Template, name: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const layer of LAYERS[template]) {
    const folder = join(ROOT, layer);
    for (const path of await filesIn(folder)) files.set(path, await readFile(join(folder, path), 'utf8'));
  }
  const rows = files.get(README_ROWS) ?? '';
  files.delete(README_ROWS);
  const version = await ownVersion();
  return new Map(
    [...files].map(([path, text]) => [
      publishedPath(path),
      text.replaceAll('%NAME%', name).replaceAll('%ROWS%\n', `${rows}\n`).replaceAll('workspace:*', version),
    ]),
  );
}

/** npm leaves `.gitignore` out of a package, so the template has it under another name. */
function publishedPath(path: string): string {
  return path === '_gitignore' ? '.gitignore' : path;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join(posix.sep))
    .sort();
}

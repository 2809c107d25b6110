import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { CorpusDocument } from './corpus-document.ts';

/** Every file of a folder and the folders in it; each counts in the row of its extension. */
export async function folderDocuments(folder: string): Promise<CorpusDocument[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({
      name: path.slice(folder.length).replace(/^\/+/, ''),
      group: extname(path).toLowerCase() || 'no extension',
      content: { path },
    }));
}

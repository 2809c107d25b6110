import { readdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { LanguageSample } from '@taskwire/documents/testing';

/** A document that the benchmark reads. */
export interface CorpusDocument {
  /** Name with extension; unique in its corpus. */
  name: string;
  /** The row of the report in which it counts. */
  group: string;
  /** A file that is there, or a function that makes the bytes. */
  content: { path: string } | { make: () => Uint8Array | Promise<Uint8Array> };
  /** The text whose words a reader finds; absent: unknown. */
  text?: string;
  /** Words that are no part of the text, such as markup: reading them is a fault. */
  absent?: readonly string[];
  /** The outcome of reading: `done` or the code of a refusal; absent: unknown. */
  expected?: string;
}

/** The path of a document's file; a generated one is written into `folder`. */
export async function fileOf({ name, content }: CorpusDocument, folder: string): Promise<string> {
  if ('path' in content) return content.path;
  const path = join(folder, name);
  await writeFile(path, await content.make());
  return path;
}

/** A small document of one peculiarity, and its right reading. */
export interface DocumentCase {
  name: string;
  /** The bytes, or a text in UTF-8; undefined: it cannot be made here. */
  make: () => string | Uint8Array | Promise<Uint8Array> | undefined;
  /** Words that a reader finds. */
  text: string;
  /** Words that are no part of the text. */
  absent?: readonly string[];
  /** `done` if absent, else the code of the refusal. */
  expected?: string;
}

/** The whole text of a sample, as plain text: title and paragraphs with empty lines between them. */
export function plainTextOf({ title, paragraphs }: LanguageSample): string {
  return [title, ...paragraphs.map(({ text }) => text)].join('\n\n') + '\n';
}

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

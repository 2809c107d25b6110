import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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

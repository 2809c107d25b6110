import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { fileExists } from './file-exists.ts';

/** Line readers of earlier versions treat these two characters as line ends. JSON does not. */
function encodeLine(item: unknown): string {
  return `${JSON.stringify(item).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
}

/** The limits of a batch of items. */
export interface BatchLimit {
  items: number;
  /** Characters of the items as JSON. A longer item is a batch of its own. */
  characters: number;
}

/** The paths of a spool: `part` while it is written, `path` once it is complete. */
export interface SpoolFiles {
  path: string;
  part: string;
}

/**
 * A file of items, one JSON value per line, which a stage leaves for the next one without holding them in memory. The
 * complete file exists as a whole or not at all.
 * Modes: new → writing (`fill`) → complete → removed (`remove`).
 */
export class Spool<Item> {
  readonly #files: SpoolFiles;
  readonly #schema: z.ZodType<Item>;
  #file: FileHandle | undefined;

  constructor(files: SpoolFiles, schema: z.ZodType<Item>) {
    this.#files = files;
    this.#schema = schema;
  }

  /** Whether this attempt or an earlier one completed it. */
  async isComplete(): Promise<boolean> {
    return fileExists(this.#files.path);
  }

  /** Writes it from the start. It is complete after `write` resolves. */
  async fill(write: (add: (items: readonly Item[]) => Promise<void>) => Promise<void>): Promise<void> {
    await mkdir(dirname(this.#files.path), { recursive: true });
    const file = await open(this.#files.part, 'w', 0o600);
    this.#file = file;
    await write((items) => file.appendFile(items.map(encodeLine).join('')));
    await file.sync();
    await this.#closeFile();
    await rename(this.#files.part, this.#files.path);
  }

  /** All items in the order of writing, in batches of a limited size. */
  async *batches({ items, characters }: BatchLimit): AsyncGenerator<Item[], void> {
    let batch: Item[] = [];
    let size = 0;
    for await (const line of fileLines(this.#files.path)) {
      if (batch.length >= items || (batch.length > 0 && size + line.length > characters)) {
        yield batch;
        batch = [];
        size = 0;
      }
      batch.push(this.#schema.parse(JSON.parse(line)));
      size += line.length;
    }
    if (batch.length > 0) yield batch;
  }

  /** Removes an incomplete file. */
  async close(): Promise<void> {
    await this.#closeFile();
    await rm(this.#files.part, { force: true });
  }

  /** Removes the file, complete or not. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.#files.path, { force: true });
  }

  async #closeFile(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}

/** The lines of a UTF-8 file, without their `\n`. It holds at most one piece of the file and one line. */
async function* fileLines(path: string): AsyncGenerator<string, void> {
  const pieces: AsyncIterable<string> = createReadStream(path, { encoding: 'utf8' });
  let open: string[] = [];
  for await (const piece of pieces) {
    const [end = '', ...lines] = piece.split('\n');
    open.push(end);
    for (const line of lines) {
      yield open.join('');
      open = [line];
    }
  }
  const last = open.join('');
  if (last !== '') yield last;
}

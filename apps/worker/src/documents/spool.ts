import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { fileExists } from './file-exists.ts';
import { fileLines } from './file-lines.ts';

/** Readers of lines of an earlier version take these two for line ends, JSON does not. */
function encodeLine(item: unknown): string {
  return `${JSON.stringify(item).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
}

/** The size at which a batch of items ends. */
export interface BatchLimit {
  items: number;
  /** Characters of the items as JSON; an item that has more is a batch of its own. */
  characters: number;
}

/** Where a spool lies: under `part` while it is being written, under `path` once it is complete. */
export interface SpoolFiles {
  path: string;
  part: string;
}

/**
 * A file of items, one JSON value a line: what a stage leaves for the next, without being held in memory. Either all of
 * it is there or nothing. New → writing → complete → removed.
 */
export class Spool<Item> {
  readonly #files: SpoolFiles;
  readonly #schema: z.ZodType<Item>;
  #file: FileHandle | undefined;

  constructor(files: SpoolFiles, schema: z.ZodType<Item>) {
    this.#files = files;
    this.#schema = schema;
  }

  /** Whether it is complete, from this attempt or an earlier one. */
  async isComplete(): Promise<boolean> {
    return fileExists(this.#files.path);
  }

  /** Writes it from the beginning; it is complete once `write` has ended without an error. */
  async fill(write: (add: (items: readonly Item[]) => Promise<void>) => Promise<void>): Promise<void> {
    await mkdir(dirname(this.#files.path), { recursive: true });
    const file = await open(this.#files.part, 'w', 0o600);
    this.#file = file;
    await write((items) => file.appendFile(items.map(encodeLine).join('')));
    await file.sync();
    await this.#closeFile();
    await rename(this.#files.part, this.#files.path);
  }

  /** All items in the order in which they were written, in batches of a limited size. */
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

  /** Removes what is incomplete. */
  async close(): Promise<void> {
    await this.#closeFile();
    await rm(this.#files.part, { force: true });
  }

  /** Removes all of it. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.#files.path, { force: true });
  }

  async #closeFile(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}

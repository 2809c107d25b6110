import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { z } from 'zod';

/** Readers of lines take these two for line ends, JSON does not. */
function encodeLine(item: unknown): string {
  return `${JSON.stringify(item).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
}

/** A file of items, one JSON value a line: what a stage leaves for the next, without being held in memory. */
export class Spool<Item> {
  readonly #path: string;
  readonly #schema: z.ZodType<Item>;
  #file: FileHandle | undefined;
  #count = 0;

  constructor(path: string, schema: z.ZodType<Item>) {
    this.#path = path;
    this.#schema = schema;
  }

  /** How many items were written. */
  get count(): number {
    return this.#count;
  }

  async write(items: readonly Item[]): Promise<void> {
    if (items.length === 0) return;
    this.#file ??= await open(this.#path, 'w', 0o600);
    await this.#file.appendFile(items.map(encodeLine).join(''));
    this.#count += items.length;
  }

  /** All items in the order in which they were written, at most `size` at a time. */
  async *batches(size: number): AsyncGenerator<Item[], void> {
    if (this.#count === 0) return;
    const input = createReadStream(this.#path);
    const lines = createInterface({ input, crlfDelay: Infinity });
    try {
      let batch: Item[] = [];
      for await (const line of lines) {
        batch.push(this.#schema.parse(JSON.parse(line)));
        if (batch.length < size) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    } finally {
      lines.close();
      input.destroy();
    }
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}

/** Gives `use` a folder of its own for spools, and deletes it afterwards, whatever happened. */
export async function withSpoolFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'taskwire-spool-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

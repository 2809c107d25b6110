import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { DraftFile, UploadStorage } from '@taskwire/uploads';
import type { z } from 'zod';

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

/** The file of a spool. */
export interface SpoolFile {
  storage: UploadStorage;
  name: string;
}

/**
 * A file of items, one JSON value per line, which a stage leaves for the next one without holding them in memory. The
 * complete file exists as a whole or not at all.
 * Modes: new → writing (`fill`) → complete → removed (`remove`).
 */
export class Spool<Item> {
  readonly #storage: UploadStorage;
  readonly #name: string;
  readonly #schema: z.ZodType<Item>;
  #draft: DraftFile | undefined;
  #file: FileHandle | undefined;

  constructor({ storage, name }: SpoolFile, schema: z.ZodType<Item>) {
    this.#storage = storage;
    this.#name = name;
    this.#schema = schema;
  }

  /** Whether this attempt or an earlier one completed it. */
  async isComplete(): Promise<boolean> {
    return (await this.#storage.find(this.#name)) !== undefined;
  }

  /** Writes it from the start. It is complete after `write` resolves. */
  async fill(write: (add: (items: readonly Item[]) => Promise<void>) => Promise<void>): Promise<void> {
    await this.close();
    const draft = await this.#storage.create(this.#name);
    this.#draft = draft;
    const file = await open(draft.path, 'wx', 0o600);
    this.#file = file;
    await write((items) => file.appendFile(items.map(encodeLine).join('')));
    await this.#closeFile();
    await draft.commit();
  }

  /** All items in the order of writing, in batches of a limited size. */
  async *batches({ items, characters }: BatchLimit): AsyncGenerator<Item[], void> {
    let batch: Item[] = [];
    let size = 0;
    for await (const line of linesOf(this.#storage.read(this.#name))) {
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
    await this.#draft?.discard();
    this.#draft = undefined;
  }

  /** Removes the file, complete or not. */
  async remove(): Promise<void> {
    await this.close();
    await this.#storage.delete(this.#name);
  }

  async #closeFile(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}

/** The lines of a UTF-8 file, without their `\n`. It holds at most one piece of the file and one line. */
async function* linesOf(file: Readable): AsyncGenerator<string, void> {
  const pieces: AsyncIterable<string> = file.setEncoding('utf8');
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

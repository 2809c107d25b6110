import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Changes of the files in a folder, which `undo` takes back. */
export class FileChanges {
  readonly #folder: string;
  readonly #undos: (() => Promise<void>)[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a file that must be new. */
  async create(path: string, text: string): Promise<void> {
    const file = join(this.#folder, path);
    const made = await mkdir(dirname(file), { recursive: true });
    if (made !== undefined) this.#undos.push(() => rm(made, { recursive: true }));
    const handle = await open(file, 'wx');
    this.#undos.push(() => rm(file));
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  }

  /** Writes a file that may be there. */
  async replace(path: string, text: string): Promise<void> {
    const file = join(this.#folder, path);
    const before = await contentOf(file);
    this.#undos.push(() => (before === undefined ? rm(file, { force: true }) : writeFile(file, before)));
    await writeFile(file, text);
  }

  /** Takes all changes back, the last one first. Changes that cannot be taken back stay. */
  async undo(): Promise<void> {
    for (let undo = this.#undos.pop(); undo !== undefined; undo = this.#undos.pop())
      await undo().catch(() => undefined);
  }
}

/** Undefined if there is no such file. */
async function contentOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    // An error while reading does not name its file.
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Makes changes in a folder: all of them, or none if `change` fails. */
export async function changeFiles<Result>(
  folder: string,
  change: (changes: FileChanges) => Promise<Result>,
): Promise<Result> {
  const changes = new FileChanges(folder);
  try {
    return await change(changes);
  } catch (error) {
    await changes.undo();
    throw error;
  }
}

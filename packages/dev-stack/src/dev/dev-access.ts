import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The file in `.taskwire/` by which `taskwire` finds the server of a `taskwire dev` that runs, and a token for it. */
const FILE_NAME = 'access.json';

export interface DevAccess {
  url: string;
  token: string;
}

/**
 * Writes the file for its owner alone.
 * @returns what removes it.
 */
export async function offerAccess(folder: string, { url, token }: DevAccess): Promise<() => Promise<void>> {
  const file = join(folder, FILE_NAME);
  const remove = (): Promise<void> => rm(file, { force: true });
  // A file that is there keeps its mode.
  await remove();
  await writeFile(file, `${JSON.stringify({ url, token })}\n`, { mode: 0o600 });
  return remove;
}

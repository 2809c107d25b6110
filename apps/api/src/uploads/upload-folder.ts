import { access, constants, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What the name of a file ends in while its bytes are still coming. */
export const PARTIAL_ENDING = '.partial';
/** No upload takes longer: an older partial file is what a crash left behind. */
const PARTIAL_LIFETIME_MS = 24 * 60 * 60 * 1_000;

/**
 * Makes the folder for uploads if need be, and removes what a crash left in it.
 * @throws what the file system throws if it cannot be written.
 */
export async function prepareUploadFolder(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  const names = await readdir(directory);
  await Promise.all(
    names.filter((name) => name.endsWith(PARTIAL_ENDING)).map((name) => removeOld(join(directory, name))),
  );
}

async function removeOld(path: string): Promise<void> {
  const facts = await stat(path).catch(() => undefined);
  if (facts !== undefined && Date.now() - facts.mtimeMs > PARTIAL_LIFETIME_MS) await rm(path, { force: true });
}

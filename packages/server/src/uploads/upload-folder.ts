import { access, constants, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Ending of a file's name while its bytes arrive. */
export const PARTIAL_ENDING = '.partial';
/** Longest upload (ms): an older partial file is left from a crash. */
const PARTIAL_LIFETIME_MS = 24 * 60 * 60 * 1_000;

/**
 * Creates the folder for uploads if it is missing, and removes partial files of crashes.
 * @throws the error of the file system if it cannot be written.
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

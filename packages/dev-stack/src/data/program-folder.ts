import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Problem } from '../terminal/problem.ts';
import { prepareDataDirectory } from './data-folder.ts';

/** The data folder of a server and a worker that run beside their databases. */
export interface ProgramFolder {
  path: string;
  uploads: string;
  logs: string;
  /** Signs tokens; made once, so that they stay good over a restart. */
  authSecret: string;
}

/**
 * Makes the folder where everything is kept, with a secret that only its owner may read.
 * @throws DevStackError or Problem if it cannot be written
 */
export async function prepareProgramFolder(path: string): Promise<ProgramFolder> {
  // The folder itself stays open: PostgreSQL's own account has to come through.
  await prepareDataDirectory(path);
  const uploads = join(path, 'uploads');
  const logs = join(path, 'logs');
  try {
    await mkdir(uploads, { recursive: true, mode: 0o700 });
    await mkdir(logs, { recursive: true, mode: 0o700 });
    return { path, uploads, logs, authSecret: await authSecret(join(path, 'auth-secret')) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(`The data folder ${path} cannot be written (${reason}).`, {
      remedy: 'Make all in it writable for the user who starts Taskwire, or choose another data folder.',
      cause: error,
    });
  }
}

async function authSecret(file: string): Promise<string> {
  const known = await readSecret(file);
  if (known !== '') return known;
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    // Of several processes that start at once, the first makes the secret of all.
    if (!(await linkNew(draft, file)) && (await readSecret(file)) === '') await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  return readSecret(file);
}

/** Gives a whole file its name. @returns false if another file has it. */
async function linkNew(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function readSecret(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim();
}

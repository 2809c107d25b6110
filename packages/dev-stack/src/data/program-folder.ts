import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
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
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (known !== '') return known;
  const secret = randomBytes(32).toString('base64url');
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../lib/problem.ts';

export interface DataFolder {
  path: string;
  uploads: string;
  logs: string;
  /** Signs tokens; made once, so that they stay good over a restart. */
  authSecret: string;
}

/**
 * Makes the folder where everything is kept, with a secret that only its owner may read.
 * @throws Problem if it cannot be written
 */
export async function prepareDataFolder(path: string): Promise<DataFolder> {
  const uploads = join(path, 'uploads');
  const logs = join(path, 'logs');
  const probe = join(path, `.write-probe-${process.pid}`);
  try {
    // The folder itself stays open: PostgreSQL's own account has to come through.
    await mkdir(path, { recursive: true });
    await mkdir(uploads, { recursive: true, mode: 0o700 });
    await mkdir(logs, { recursive: true, mode: 0o700 });
    await writeFile(probe, '');
    await rm(probe);
    return { path, uploads, logs, authSecret: await authSecret(join(path, 'auth-secret')) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(`The data folder ${path} cannot be written (${reason}).`, {
      remedy: 'Make it writable for the user who starts Taskwire, or choose another one with --data FOLDER.',
      cause: error,
    });
  }
}

async function authSecret(file: string): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  try {
    await writeFile(file, `${secret}\n`, { flag: 'wx', mode: 0o600 });
    return secret;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return (await readFile(file, 'utf8')).trim();
    }
    throw error;
  }
}

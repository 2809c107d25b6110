// For the tests of this package.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { DevStackError } from '../dev-stack-error.ts';
import { temporaryFolder } from '../env.ts';
import { withConnection } from '../postgres/connection.ts';

/** Runs `work` with a folder that is deleted afterwards. Every user may enter it, unless `mode` says otherwise. */
export async function withTemporaryFolder(work: (folder: string) => Promise<void>, mode = 0o755): Promise<void> {
  const folder = await mkdtemp(join(temporaryFolder(), 'taskwire-dev-stack-'));
  try {
    await chmod(folder, mode);
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The DevStackError that a start ends with; any other outcome throws. */
export async function refusalOf(start: Promise<unknown>): Promise<DevStackError> {
  const outcome = await start.catch((error: unknown) => error);
  if (outcome instanceof DevStackError) {
    return outcome;
  }
  throw new Error('The start succeeded, or failed in another way.', { cause: outcome });
}

/** The rows that a query answers with. */
export async function rowsOf(databaseUrl: string, query: string): Promise<Record<string, unknown>[]> {
  return await withConnection(databaseUrl, async (client) => (await client.query<Record<string, unknown>>(query)).rows);
}

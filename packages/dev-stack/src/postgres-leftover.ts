import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { endLeftover, identifyLeftover } from './leftover.ts';
import type { Log } from './log.ts';

// Greater than any process id that a kernel gives out, so PostgreSQL finds no such process.
const nobodysProcessId = 2_147_483_646;

/**
 * Clears what a run that was killed left in the cluster: a server that still runs is stopped; a process id that has
 * gone to another program, on account of which PostgreSQL would refuse to start, is struck out. The rest of
 * `postmaster.pid` stays: by it PostgreSQL finds backends that outlived their server. Call it under the data lock only.
 */
export async function clearPostgresLeftover(cluster: string, log: Log): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const content = await readFile(file, 'utf8').catch(() => undefined);
  const processId = Number.parseInt(content ?? '', 10);
  if (content === undefined || !(processId > 0)) {
    return;
  }
  const candidate = { processId, marks: ['postgres', cluster] };
  const state = await identifyLeftover(candidate);
  if (state === 'ours') {
    log(`Stopping the PostgreSQL that an earlier run left behind (process ${processId})`);
    await endLeftover(candidate, 'SIGINT');
  }
  if (state === 'a-stranger') {
    await writeFile(file, content.replace(/^\d+/, `${nobodysProcessId}`));
  }
}

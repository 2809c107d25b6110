import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { endLeftover, identifyLeftover } from '../processes/leftover.ts';
import type { Log } from '../log.ts';

// Process id that no kernel gives out, so PostgreSQL finds no such process.
const unusedProcessId = 2_147_483_646;

/**
 * Clears the cluster after a run that was killed. A server that still runs is stopped. If another program has its process
 * id now, PostgreSQL would refuse to start: the id is replaced. The rest of `postmaster.pid` stays: by it PostgreSQL finds
 * backends that outlived their server. Call it only under the data lock.
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
    await writeFile(file, content.replace(/^\d+/, `${unusedProcessId}`));
  }
}

import { readFile } from 'node:fs/promises';

const HELD = new Map([
  ['01', 'established'],
  ['08', 'close-wait'],
]);

/**
 * The connections that a server on this machine holds on one of its ports: those that stand, and those that their other
 * side has closed and the server has not.
 * @returns a line for each; undefined where the system does not tell (no /proc).
 */
export async function serverSockets(port: number): Promise<string[] | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  if (tables.every((table) => table === '')) return undefined;
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return tables
    .flatMap((table) => table.split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(`:${wanted}`) === true && HELD.has(state ?? ''))
    .map(([, , remote, state, queues]) => `${remote ?? ''} ${HELD.get(state ?? '') ?? ''} ${queues ?? ''}`);
}

import { readFile, writeFile } from 'node:fs/promises';

import getPort from 'get-port';

/** The port that the file names; undefined if it names none. */
export async function readPort(file: string): Promise<number | undefined> {
  const port = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  return port > 0 && port < 65_536 ? port : undefined;
}

/** Names a port in the file, for the next start. */
export async function writePort(file: string, port: number): Promise<void> {
  await writeFile(file, `${port}\n`);
}

/** A free port of 127.0.0.1: the one that the file names if it is free, else another one, which the file then names. */
export async function stablePort(file: string): Promise<number> {
  const last = await readPort(file);
  const port = await getPort({ host: '127.0.0.1', ...(last === undefined ? {} : { port: last }) });
  if (port !== last) await writePort(file, port);
  return port;
}

import { readdir, readFile } from 'node:fs/promises';

/** The processes that a process has started and that still run, with their memory, as Linux lists them in `/proc`. */
async function childrenOf(parentId: number): Promise<{ id: number; command: string }[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(ids.map(readProcess));
  return found.filter((process) => process?.parentId === parentId).flatMap((process) => process ?? []);
}

/** A process that has ended meanwhile, or whose end is not yet taken notice of, is not there. */
async function readProcess(id: number): Promise<{ id: number; parentId: number; command: string } | undefined> {
  try {
    const status = await readFile(`/proc/${id}/status`, 'utf8');
    if (/^State:\s+Z/m.test(status)) return undefined;
    const command = (await readFile(`/proc/${id}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return { id, parentId: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]), command };
  } catch {
    return undefined;
  }
}

/** The readers of documents that a process has started. */
export async function boxesOf(parentId: number): Promise<number[]> {
  return (await childrenOf(parentId)).flatMap(({ id, command }) => (command.includes('box-process') ? [id] : []));
}

/** Whether a process runs. */
export async function isRunning(id: number): Promise<boolean> {
  return (await readProcess(id)) !== undefined;
}

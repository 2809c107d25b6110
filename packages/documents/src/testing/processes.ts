import { readdir, readFile } from 'node:fs/promises';

/** The running child processes of a process, from Linux's `/proc`. */
async function childrenOf(parentId: number): Promise<{ id: number; command: string }[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(ids.map(readProcess));
  return found.filter((process) => process?.parentId === parentId).flatMap((process) => process ?? []);
}

/** Undefined for a process that ended meanwhile, or that is a zombie. */
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

/** The reader processes that a process started. */
export async function boxesOf(parentId: number): Promise<number[]> {
  return (await childrenOf(parentId)).flatMap(({ id, command }) => (command.includes('box-process') ? [id] : []));
}

/** Whether a process runs. */
export async function isRunning(id: number): Promise<boolean> {
  return (await readProcess(id)) !== undefined;
}

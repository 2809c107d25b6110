import { readdirSync, readFileSync } from 'node:fs';
import { parseResident, parseStat, treeOf, type ProcessFacts } from './process-facts.ts';

/** Length of a tick in Linux's figures for programs, whatever the kernel's own tick is. */
const MICROS_PER_TICK = 10_000;

/**
 * Processor time that these processes and their children have used since they were started, by the operating system's
 * own accounting, in steps of 10 ms.
 * @param roots process ids.
 * @returns microseconds.
 */
export function processorMicros(roots: readonly number[]): number {
  return tree(roots).reduce((sum, { ticks }) => sum + ticks * MICROS_PER_TICK, 0);
}

/** Memory of these processes and their children that is resident, in KiB. */
export function residentKib(roots: readonly number[]): number {
  return tree(roots).reduce((sum, { processId }) => sum + parseResident(readProc(processId, 'status')), 0);
}

function tree(roots: readonly number[]): ProcessFacts[] {
  const found = treeOf(roots, allProcesses());
  const gone = roots.filter((root) => !found.some(({ processId }) => processId === root));
  if (gone.length > 0) throw new Error(`a server that is being measured has ended (process ${gone.join(', ')})`);
  return found;
}

/** Every process that runs. @throws Error where there is no /proc. */
export function allProcesses(): ProcessFacts[] {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch (error) {
    throw new Error('The benchmark needs /proc, as Linux has it.', { cause: error });
  }
  return names.map((name) => readProc(Number(name), 'stat')).flatMap((text) => (text === '' ? [] : [parseStat(text)]));
}

/** Empty for a process that has ended meanwhile. */
export function readProc(processId: number, file: 'stat' | 'status'): string {
  try {
    return readFileSync(`/proc/${processId}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

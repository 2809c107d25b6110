/** Facts of the operating system about one process. */
export interface ProcessFacts {
  processId: number;
  parent: number;
  /** Of the processor, in the kernel's own and the program's code; with the children that have ended and were waited for. */
  ticks: number;
}

/** Fields of /proc/PID/stat behind the name, counted from 0. */
const PARENT = 1;
const TICKS = [11, 12, 13, 14];

/**
 * Reads /proc/PID/stat. A process may have any name, with spaces and parentheses in it.
 * @throws Error if the text is no such line.
 */
export function parseStat(text: string): ProcessFacts {
  const nameEnd = text.lastIndexOf(')');
  const fields = text.slice(nameEnd + 2).split(' ');
  const ticks = TICKS.reduce((sum, place) => sum + Number(fields[place]), 0);
  const facts = { processId: Number.parseInt(text, 10), parent: Number(fields[PARENT]), ticks };
  if (nameEnd < 0 || Object.values(facts).some(Number.isNaN)) {
    throw new Error(`not a line of /proc/PID/stat: ${text.slice(0, 200)}`);
  }
  return facts;
}

/** Reads the resident memory (KiB) from /proc/PID/status; 0 for a process that is ending. */
export function parseResident(text: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0);
}

/** The roots that are there and all their descendants, each once. */
export function treeOf(roots: readonly number[], processes: readonly ProcessFacts[]): ProcessFacts[] {
  const wanted = new Set(roots);
  for (;;) {
    const more = processes.filter(({ processId, parent }) => wanted.has(parent) && !wanted.has(processId));
    if (more.length === 0) return processes.filter(({ processId }) => wanted.has(processId));
    for (const { processId } of more) wanted.add(processId);
  }
}

import { existsSync } from 'node:fs';
import { treeOf, type ProcessFacts } from '../../measure/process-facts.ts';
import { allProcesses, readProc } from '../../measure/usage.ts';

const SAMPLE_INTERVAL_MS = 50;

/**
 * Follows the memory of the processes that this one starts from now on, by the highest resident memory that the kernel
 * notes for each. Stopped → sampling → stopped.
 */
export class PeakMemory {
  readonly #before = new Set(descendants().map(({ processId }) => processId));
  /** By process: its highest resident memory (KiB) at the last sample. */
  readonly #peaks = new Map<number, number>();
  readonly #timer = setInterval(() => this.#sample(), SAMPLE_INTERVAL_MS);

  /** The highest resident memory (MiB) of one process so far; undefined if none was seen. */
  highest(): number | undefined {
    const peaks = [...this.#peaks.values()];
    return peaks.length === 0 ? undefined : Math.max(...peaks) / 1_024;
  }

  /** Ends the sampling. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    for (const { processId } of descendants()) {
      if (this.#before.has(processId)) continue;
      const peak = parsePeakResident(readProc(processId, 'status'));
      // The last sample counts: before it runs its own program, a process has the memory of its parent.
      if (peak > 0) this.#peaks.set(processId, peak);
    }
  }
}

/** Reads the highest resident memory (KiB) from /proc/PID/status; 0 for a process that is ending. */
export function parsePeakResident(text: string): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0);
}

/** Nothing where the system has no /proc: then no memory is measured. */
function descendants(): ProcessFacts[] {
  if (!existsSync('/proc/self/stat')) return [];
  return treeOf([process.pid], allProcesses()).filter(({ processId }) => processId !== process.pid);
}

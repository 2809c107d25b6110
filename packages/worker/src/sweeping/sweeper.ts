import type { SweepDependencies } from './sweep-dependencies.ts';
import { sweepFiles } from './sweep-files.ts';
import { sweepHistory, type HistoryPlace } from './sweep-history.ts';
import { sweepTasks } from './sweep-tasks.ts';
import { adoptUploads, sweepUploads } from './sweep-uploads.ts';

/** Result of one sweep: the numbers removed. */
export interface Swept {
  tasks: number;
  histories: number;
  uploads: number;
  files: number;
}

/** Deletes data that is older than its retention. Resting → due, after `everyMs` → sweeping → resting. */
export class Sweeper {
  readonly #dependencies: SweepDependencies;
  #nextAt = 0;
  #historyPlace: HistoryPlace | undefined;
  #hasAdopted = false;

  constructor(dependencies: SweepDependencies) {
    this.#dependencies = dependencies;
  }

  /** Sweeps if `everyMs` have passed. A step that fails is logged, and the next sweep tries it again. */
  async sweepIfDue(signal: AbortSignal): Promise<void> {
    if (signal.aborted || performance.now() < this.#nextAt) return;
    this.#nextAt = performance.now() + this.#dependencies.sweeping.everyMs;
    await this.sweep(signal);
  }

  /** @param signal Ends the sweep after the present page. The next sweep does the rest. */
  async sweep(signal: AbortSignal): Promise<Swept> {
    const { logger } = this.#dependencies;
    const swept: Swept = { tasks: 0, histories: 0, uploads: 0, files: 0 };
    const steps: Record<string, () => Promise<Partial<Swept>>> = {
      tasks: () => sweepTasks(this.#dependencies, signal),
      histories: () => this.#sweepHistory(signal),
      uploads: () => this.#sweepUploads(signal),
      files: async () => ({ files: await sweepFiles(this.#dependencies, signal) }),
    };
    for (const [step, run] of Object.entries(steps)) {
      try {
        addTo(swept, await run());
      } catch (err) {
        logger.error({ step, err }, 'old data could not be swept: it is tried again');
      }
    }
    if (Object.values(swept).some((count) => count > 0)) logger.info(swept, 'old data was swept');
    return swept;
  }

  async #sweepUploads(signal: AbortSignal): Promise<Partial<Swept>> {
    if (!this.#hasAdopted) await adoptUploads(this.#dependencies.database);
    this.#hasAdopted = true;
    return { uploads: await sweepUploads(this.#dependencies, signal) };
  }

  async #sweepHistory(signal: AbortSignal): Promise<Partial<Swept>> {
    const { histories, place } = await sweepHistory(this.#dependencies, this.#historyPlace, signal);
    this.#historyPlace = place;
    return { histories };
  }
}

function addTo(swept: Swept, { tasks = 0, histories = 0, uploads = 0, files = 0 }: Partial<Swept>): void {
  swept.tasks += tasks;
  swept.histories += histories;
  swept.uploads += uploads;
  swept.files += files;
}

import { DatabaseEncodingError } from '@taskwire/db';
import { endOnCrash, EnvironmentError, failProcess, stopOnSignal } from '@taskwire/process-kit';
import { UploadStorageError } from '@taskwire/uploads';
import type { Logger } from 'pino';
import { CRASH_MS, longestStopMs, type RunningWorker } from '../worker.ts';
import { HandlerUnfitError } from './check-handlers.ts';
import { DatabaseAccessError } from './database-access-error.ts';
import { limitHeapGrowth } from './heap-growth.ts';

/** Errors whose messages say what to do. */
const EXPLAINED = [DatabaseAccessError, DatabaseEncodingError, UploadStorageError, HandlerUnfitError];

/**
 * A process that runs nothing but a worker: its memory, its signals and its exit status.
 * - status 0: stopped in order by SIGTERM or SIGINT
 * - status 1: it could not start or stop in order, or an error that nothing caught ended it after its tasks were handed over
 * - status 2: settings are missing or wrong
 */
export class OwnProcess {
  readonly #logger: Logger;
  #worker: RunningWorker | undefined;

  /** To be made before the first connection is opened. */
  constructor(logger: Logger) {
    this.#logger = logger;
    limitHeapGrowth();
    endOnCrash({
      ...{ logger, service: 'worker', longestMs: CRASH_MS },
      handOver: async (error) => this.#worker?.crash(error) ?? {},
    });
  }

  /** The worker takes tasks: from now on signals stop it. */
  watch(worker: RunningWorker, { graceMs }: { graceMs: number }): void {
    this.#worker = worker;
    stopOnSignal(worker, {
      ...{ service: 'worker', logger: this.#logger, deadlineMs: longestStopMs({ graceMs }) },
      details: () => ({ running: worker.running() }),
    });
  }
}

/** Ends the process of a worker that could not start: with status 2 if the settings of an extension are wrong. */
export function endOnFailedStart(logger: Logger, error: unknown): never {
  if (error instanceof EnvironmentError) {
    process.stderr.write(`${error.message}\n`);
    return process.exit(2);
  }
  const isExplained = error instanceof Error && EXPLAINED.some((type) => error instanceof type);
  const reason = isExplained ? error.message : 'check that PostgreSQL can be reached and is migrated';
  return failProcess(logger, error, `could not start: ${reason}`);
}

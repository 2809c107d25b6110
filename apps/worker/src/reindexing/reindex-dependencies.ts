import type { Database } from '@taskwire/db';
import type { Logger } from 'pino';
import type { FailedAdoptions } from './failed-adoptions.ts';

/** Dependencies of the re-indexer. */
export interface ReindexDependencies {
  database: Database;
  uploadDirectory: string;
  logger: Logger;
  /** Pause (ms) between two looks; 30,000 if absent. */
  everyMs?: number;
}

/** Dependencies of the adoption of chunks. */
export interface AdoptDependencies extends ReindexDependencies {
  failedAdoptions: FailedAdoptions;
}

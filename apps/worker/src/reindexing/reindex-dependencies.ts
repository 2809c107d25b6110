import type { Database } from '@taskwire/db';
import type { Logger } from 'pino';

/** Dependencies of the adoption of chunks. */
export interface AdoptDependencies {
  database: Database;
  uploadDirectory: string;
}

/** Dependencies of the re-indexer. */
export interface ReindexDependencies extends AdoptDependencies {
  logger: Logger;
  /** Pause (ms) between two looks; 30,000 if absent. */
  everyMs?: number;
}

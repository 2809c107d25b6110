import type { Database } from '@taskwire/db';
import type { DocumentDatabase, Stemmer } from '@taskwire/documents';
import type { UploadStorage } from '@taskwire/uploads';
import type { Logger } from 'pino';
import type { RetryPauses } from './retry-pauses.ts';

/** Dependencies of the re-indexer. */
export interface ReindexDependencies {
  database: Database;
  documents: DocumentDatabase;
  storage: UploadStorage;
  logger: Logger;
  /** Pause (ms) between two passes; 30,000 if absent. */
  everyMs?: number;
}

/** Dependencies of the adoption of chunks. */
export interface AdoptDependencies extends ReindexDependencies {
  failedAdoptions: RetryPauses;
}

/** Dependencies of the indexing of batches. */
export interface BatchDependencies extends ReindexDependencies {
  stemmer: Stemmer;
  failedDocuments: RetryPauses;
}

import { createDatabase, type Database } from '@taskwire/db';
import { createDocumentDatabase, type DocumentDatabase } from '@taskwire/documents';
import { handle, type TaskHandler, type WorkerExtension, type WorkerServices } from '@taskwire/worker';
import { documentIngest } from '../definitions/document-ingest.ts';
import { logMissingTables } from './documents/document-tables.ts';
import type { ReadingSettings } from './documents/reading-settings.ts';
import { removeLeftPageFolders } from './documents/recognition/page-folders.ts';
import { readReadingSettings } from './env.ts';
import { ingestDocument } from './handlers/document-ingest.ts';
import { Reindexer } from './reindexing/reindexer.ts';

/** Longest absence (ms) of PostgreSQL that costs a task no try. */
const PATIENCE_MS = 60_000;
/** Connections to the tables of documents besides those of running tasks. */
const SPARE_CONNECTIONS = 4;
/** Connections to the core's tables. */
const CORE_CONNECTIONS = 2;

/** Resources of a started worker; `close` closes them. */
interface Started {
  database: Database;
  documents: DocumentDatabase;
  reindexer: Reindexer;
  leftovers: Promise<void>;
}

/** Settings of documents in a worker. */
export interface DocumentWorkerOptions {
  /** Limits of reading, and text recognition. Absent: from the environment (DOCUMENT_…, OCR…). */
  reading?: ReadingSettings;
}

/**
 * The handler of `document.ingest`, and an extension of the worker that indexes chunks of earlier versions again.
 * Modes: new → started → closed. The handler runs in a started one.
 * @example createTaskwireWorker({ handlers: [...documents.handlers], extensions: [documents] })
 */
export class DocumentWorker implements WorkerExtension {
  readonly name = 'documents';
  readonly handlers: readonly [TaskHandler<typeof documentIngest>];
  #services: WorkerServices | undefined;
  #started: Started | undefined;

  /** @throws EnvironmentError naming every bad variable at once. */
  constructor({ reading = readReadingSettings() }: DocumentWorkerOptions = {}) {
    this.handlers = [
      handle(documentIngest, (ctx, input) => {
        if (this.#started === undefined || this.#services === undefined) {
          throw new Error('documents: name this worker extension in `extensions`, so that the worker starts it');
        }
        const { database, documents } = this.#started;
        return ingestDocument(ctx, input, { database, documents, storage: this.#services.storage, reading });
      }),
    ];
  }

  start(services: WorkerServices): void {
    const { databaseUrl, storage, concurrency, logger } = services;
    const pool = {
      connectionString: databaseUrl,
      applicationName: 'taskwire-documents',
      patienceMs: PATIENCE_MS,
      onConnectionLost: (err: Error) => logger.warn({ err }, 'PostgreSQL: connection of documents lost'),
    };
    const database = createDatabase({ ...pool, poolSize: CORE_CONNECTIONS });
    const documents = createDocumentDatabase({ ...pool, poolSize: concurrency + SPARE_CONNECTIONS });
    const reindexer = new Reindexer({ database, documents, storage, logger });
    const leftovers = removeLeftPageFolders().then(
      () => undefined,
      (err: unknown) => logger.warn({ err }, 'left folders were not removed'),
    );
    void logMissingTables(documents, logger);
    reindexer.start();
    this.#services = services;
    this.#started = { database, documents, reindexer, leftovers };
  }

  async close(): Promise<void> {
    if (this.#started === undefined) return;
    const { database, documents, reindexer, leftovers } = this.#started;
    await Promise.all([reindexer.stop(), leftovers]);
    await Promise.all([database.$disconnect(), documents.$disconnect()]);
  }
}

import { createDocumentDatabase, migrateDocuments, type DocumentDatabase } from '@taskwire/documents';
import { createRunner, openTestBackend, type RunnerChanges, type TestBackend } from '@taskwire/worker/testing';
import { handle } from '@taskwire/worker';
import { afterAll, beforeAll } from 'vitest';
import { documentIngest } from '../../definitions/document-ingest.ts';
import { DEFAULT_READING, type ReadingSettings } from '../documents/reading-settings.ts';
import { ingestDocument } from '../handlers/document-ingest.ts';

/** The backend of a worker's tests, with the tables of documents. */
export interface DocumentBackend extends TestBackend {
  documents: DocumentDatabase;
}

/** Opens a backend. Close it in `afterAll`. */
export async function openDocumentBackend(): Promise<DocumentBackend> {
  const backend = await openTestBackend();
  const { databaseUrl } = backend;
  await migrateDocuments({ databaseUrl });
  const documents = createDocumentDatabase({ connectionString: databaseUrl });
  const close = async () => {
    await documents.$disconnect();
    await backend.close();
  };
  return { ...backend, documents, close };
}

/** A backend for the tests of a file, opened before them and closed after them. */
export function useDocumentBackend(): DocumentBackend {
  let backend: DocumentBackend | undefined;
  beforeAll(async () => {
    backend = await openDocumentBackend();
  });
  afterAll(() => backend?.close());
  const opened = () => {
    if (backend === undefined) throw new Error('the backend is opened before the first test');
    return backend;
  };
  return {
    get databaseUrl() {
      return opened().databaseUrl;
    },
    get redis() {
      return opened().redis;
    },
    get database() {
      return opened().database;
    },
    get documents() {
      return opened().documents;
    },
    get rows() {
      return opened().rows;
    },
    get eventLog() {
      return opened().eventLog;
    },
    get queue() {
      return opened().queue;
    },
    get uploadDirectory() {
      return opened().uploadDirectory;
    },
    get storage() {
      return opened().storage;
    },
    get catalog() {
      return opened().catalog;
    },
    close: () => opened().close(),
  };
}

/** A runner that also has the handler of documents. */
export function createDocumentRunner(
  backend: DocumentBackend,
  { reading = DEFAULT_READING, ...changed }: RunnerChanges & { reading?: ReadingSettings } = {},
) {
  const { database, documents, storage } = backend;
  const services = { database, documents, storage, reading };
  const handler = handle(documentIngest, (ctx, input) => ingestDocument(ctx, input, services));
  return createRunner(backend, { ...changed, handlers: [handler] });
}

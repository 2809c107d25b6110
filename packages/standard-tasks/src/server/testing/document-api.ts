import { createDocumentDatabase, migrateDocuments, type DocumentDatabase } from '@taskwire/documents';
import { createAppRouter } from '@taskwire/router';
import {
  createBacking as createCoreBacking,
  startTestApi,
  type Backing,
  type TestServer,
  type TestServerOptions,
} from '@taskwire/server/testing';
import { standardTasks } from '../../definitions/standard-tasks.ts';
import { documentServer } from '../document-server.ts';
import type { StandardRouter } from '../standard-router.ts';

export type { Backing } from '@taskwire/server/testing';

/** An api with documents, and the database of documents. */
export interface DocumentApi extends TestServer<StandardRouter> {
  documents: DocumentDatabase;
}

/** The servers of a test file, with the tables of documents. Close them in `afterAll`. */
export async function createBacking(): Promise<Backing> {
  const backing = await createCoreBacking();
  await migrateDocuments(backing.database);
  return backing;
}

/** Starts an api on a backing. Stop it before the backing is closed. */
export async function startDocumentApi(
  backing: Backing,
  environment: NonNullable<TestServerOptions['environment']> = {},
): Promise<DocumentApi> {
  const { databaseUrl = backing.database.databaseUrl } = environment;
  const { procedures, routes, onClose } = documentServer({ databaseUrl });
  const router: StandardRouter = createAppRouter({ tasks: standardTasks, procedures });
  const api = { tasks: standardTasks, router, routes, onClose };
  const server = await startTestApi(backing, api, { environment: { ...environment, databaseUrl } });
  const documents = createDocumentDatabase({ connectionString: databaseUrl });
  const stop = async () => {
    await Promise.all([documents.$disconnect(), server.stop()]);
  };
  return { ...server, documents, stop };
}

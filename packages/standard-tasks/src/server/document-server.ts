import { DocumentFinder } from '@taskwire/documents';
import { mediaTypeOf } from '@taskwire/documents/media-types';
import type { OwnRoutes } from '@taskwire/server';
import type { Logger } from 'pino';
import { readDocumentServerSettings } from './env.ts';
import { documentFile } from './document-file.ts';
import { documentProcedures } from './procedures/document-procedures.ts';
import { createDocumentStore } from './store/create-document-store.ts';
import { openDocumentClient } from './store/document-client.ts';

/** Settings of documents on a server. */
export interface DocumentServerOptions {
  /** PostgreSQL; DATABASE_URL if absent. */
  databaseUrl?: string;
  /** For lost connections. Absent: they are not logged. */
  logger?: Pick<Logger, 'warn'>;
}

/**
 * Makes the options of `createTaskwireServer` for `document.ingest` and the procedures `document.*`. The database is
 * connected at the first call, and `onClose` closes it.
 * @throws EnvironmentError without a usable address of the database.
 * @example createTaskwireServer({ tasks: standardTasks, ...documentServer() })
 */
export function documentServer(options: DocumentServerOptions = {}) {
  const { databaseUrl } = readDocumentServerSettings(options);
  const documents = openDocumentClient({
    databaseUrl,
    onConnectionLost: (err) => options.logger?.warn({ err }, 'PostgreSQL: connection of documents lost'),
  });
  const store = createDocumentStore(documents);
  const routes: OwnRoutes = { '/api/v1/documents': (tools) => documentFile(store, tools) };
  return {
    procedures: documentProcedures({ search: new DocumentFinder(documents), store }),
    routes,
    detectMediaType: mediaTypeOf,
    onClose: async () => documents.$disconnect(),
  };
}

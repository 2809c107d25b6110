import { migrate, type MigrateResult } from '@taskwire/db';
import { DOCUMENT_MIGRATIONS } from '../migration-folder.ts';
import { documentSchema } from './document-database.ts';

/** The tables of documents in versions before 20261128, which kept them beside the core's. */
const EARLIER_TABLES = {
  tables: ['Document', 'DocumentChunk', 'VocabularyTerm', 'VocabularyRemoval'],
  baseline: '20261128000000_baseline',
};

/**
 * Applies the pending migrations of the tables of documents, after those of the core.
 * @param options.from The schema in which a version before 20261128 keeps the tables, usually `public`: they are moved.
 * @throws DatabaseUrlError; MigrationError with a `code` for the obstacle.
 */
export async function migrateDocuments({
  databaseUrl,
  from,
}: {
  databaseUrl: string;
  from?: string;
}): Promise<MigrateResult> {
  return migrate({
    databaseUrl,
    schema: documentSchema(databaseUrl),
    migrations: DOCUMENT_MIGRATIONS,
    name: 'taskwire_documents',
    takeOver: { ...EARLIER_TABLES, ...(from === undefined ? {} : { from }) },
  });
}

import { expect, it } from 'vitest';

import * as db from './index.ts';

it('exports exactly the public names', () => {
  expect(Object.keys(db).sort()).toEqual([
    'DatabaseEncodingError',
    'DatabaseUrlError',
    'INSERT_SETTLED_MS',
    'MigrationError',
    'Prisma',
    'TaskStatus',
    'archiveEvents',
    'archivedThrough',
    'checkEncoding',
    'checkWritable',
    'connectionFailure',
    'connectionRefusal',
    'createAdapter',
    'createDatabase',
    'deleteEndedTasks',
    'deleteUnusedUploads',
    'insertTask',
    'loadHistory',
    'loadStageResults',
    'loadTaskSnapshot',
    'markArchived',
    'migrate',
    'migrateDatabase',
    'parseDatabaseUrl',
    'patiently',
    'recordTaskEnd',
    'saveStageResult',
    'saveTaskSnapshot',
  ]);
});

import { expect, it } from 'vitest';

import * as db from './index.ts';

it('exports what is public, and no more', () => {
  expect(Object.keys(db).sort()).toEqual([
    'MigrationError',
    'Prisma',
    'TaskStatus',
    'archiveEvents',
    'archivedThrough',
    'copyStageResults',
    'createDatabase',
    'loadHistory',
    'loadStageResults',
    'loadTaskSnapshot',
    'markArchived',
    'migrateDatabase',
    'patiently',
    'recordTaskEnd',
    'saveStageResult',
    'saveTaskSnapshot',
  ]);
});

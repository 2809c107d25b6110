import { expect, it } from 'vitest';

import * as db from './index.ts';

it('exports what is public, and no more', () => {
  expect(Object.keys(db).sort()).toEqual([
    'MigrationError',
    'Prisma',
    'TaskStatus',
    'createDatabase',
    'loadTaskSnapshot',
    'migrateDatabase',
    'recordTaskEnd',
  ]);
});

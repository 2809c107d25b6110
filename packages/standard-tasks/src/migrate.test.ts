import { createDocumentDatabase } from '@taskwire/documents';
import { createTestDatabase } from '@taskwire/test-kit/vitest';
import { expect, it } from 'vitest';
import { migrate } from './migrate.ts';

it('makes the tables of documents in a migrated database, once', async () => {
  const scratch = await createTestDatabase();
  expect((await migrate(scratch)).applied.length).toBeGreaterThan(0);
  expect(await migrate(scratch)).toEqual({ applied: [] });
  const documents = createDocumentDatabase({ connectionString: scratch.databaseUrl });
  expect(await documents.document.count()).toBe(0);
  await documents.$disconnect();
  await scratch.drop();
});

import { runTask, testUpload } from '@taskwire/testing';
import { expect, it } from 'vitest';
import { importSalesHandler } from './import-sales-handler';

it('adds up the prices, and names rows without one', async () => {
  const run = await runTask(importSalesHandler, { table: testUpload('rye,420\nrolls\nspelt,510') });
  expect(run.output).toEqual({ rows: 2, cents: 930 });
  expect(run.state.channels.warnings).toEqual(['row 2 has no price']);
});

import { defineTask, latest, list, upload } from '@taskwire/tasks';
import * as z from 'zod';

export const importSales = defineTask({
  kind: 'sales.import',
  summary: 'Import the sales of a day',
  input: z.object({
    table: upload({ accept: ['text/csv', 'text/plain'], maxBytes: 1_000_000 }),
    pauseMs: z.int().default(100),
  }),
  output: z.object({ rows: z.int(), cents: z.int() }),
  stages: [{ name: 'import', weight: 1 }],
  channels: {
    total: latest(z.object({ rows: z.int(), cents: z.int() })),
    warnings: list(z.string(), { keep: 10 }),
  },
});

import { setTimeout as delay } from 'node:timers/promises';
import { handle } from '@taskwire/worker';
import { importSales } from './import-sales';

export const importSalesHandler = handle(importSales, async (ctx, { table, pauseMs }) => {
  const file = await ctx.openUpload(table);
  const rows = new TextDecoder()
    .decode(await file.bytes())
    .trim()
    .split('\n');
  return ctx.stage('import', async (stage) => {
    const total = { rows: 0, cents: 0 };
    for (const [index, row] of rows.entries()) {
      const [bread = '', price] = row.split(',');
      if (price === undefined) {
        await ctx.channel('warnings').send(`row ${index + 1} has no price`);
      } else {
        total.rows += 1;
        total.cents += Number(price);
        await ctx.channel('total').send({ ...total });
      }
      await stage.progress(index + 1, rows.length, bread);
      await delay(pauseMs, undefined, { signal: stage.signal });
    }
    return total;
  });
});

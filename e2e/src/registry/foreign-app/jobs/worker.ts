import { createTaskwireWorker } from '@taskwire/worker';
import { importSales } from './import-sales';
import { importSalesHandler } from './import-sales-handler';

await createTaskwireWorker({
  tasks: [importSales],
  handlers: [importSalesHandler],
}).start();

import { createTaskwireServer } from '@taskwire/server';
import { importSales } from '../jobs/import-sales';
import { memberOfRequest } from './sessions';

export const taskwire = createTaskwireServer({
  tasks: [importSales],
  async authenticate(request) {
    const member = await memberOfRequest(request);
    return member === undefined ? undefined : { userId: member };
  },
});

import { mediaTypeOf } from '@taskwire/documents/media-types';
import { environmentOrExit } from '@taskwire/process-kit';
import { documentProcedures } from '@taskwire/router';
import { StartError, createTaskwireServer } from '@taskwire/server';
import { shippedTasks } from '@taskwire/tasks';
import { readWebApps } from './env.ts';

const taskwire = environmentOrExit(() =>
  createTaskwireServer({
    tasks: shippedTasks,
    procedures: documentProcedures,
    webApps: readWebApps(),
    detectMediaType: mediaTypeOf,
  }),
);
try {
  await taskwire.listen({ signals: true });
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

import { environmentOrExit } from '@taskwire/process-kit';
import { StartError, createTaskwireServer } from '@taskwire/server';
import { standardTasks } from '@taskwire/standard-tasks';
import { documentServer } from '@taskwire/standard-tasks/server';
import { readWebApps } from './env.ts';

const taskwire = environmentOrExit(() =>
  createTaskwireServer({ tasks: standardTasks, ...documentServer(), webApps: readWebApps() }),
);
try {
  await taskwire.listen();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

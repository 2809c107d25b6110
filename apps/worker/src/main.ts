import { environmentOrExit } from '@taskwire/process-kit';
import { standardTasks } from '@taskwire/standard-tasks';
import { DocumentWorker, demoHandlers } from '@taskwire/standard-tasks/worker';
import { createTaskwireWorker } from '@taskwire/worker';

const documents = environmentOrExit(() => new DocumentWorker());
await createTaskwireWorker({
  tasks: standardTasks,
  handlers: [...demoHandlers, ...documents.handlers],
  extensions: [documents],
}).start();

import { environmentOrExit } from '@taskwire/process-kit';
import { standardTasks } from '@taskwire/standard-tasks';
import { DocumentWorker, demoHandlers } from '@taskwire/standard-tasks/worker';
import { createTaskwireWorker } from '@taskwire/worker';

const documents = environmentOrExit(() => new DocumentWorker());
const handlers = [...demoHandlers, ...documents.handlers] as const;
await createTaskwireWorker({ tasks: standardTasks, handlers, extensions: [documents] }).start();

import { createTaskwireWorker } from '@taskwire/worker';
import { countWordsHandler } from './handlers/count-words.ts';
import { tasks } from './tasks/index.ts';

await createTaskwireWorker({ tasks, handlers: [countWordsHandler] }).start();

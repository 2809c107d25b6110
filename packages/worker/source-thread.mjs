// Starts a thread when the worker runs from its sources, where the TypeScript loader does not reach into threads by
// itself. Its argument is the name of the module that the thread is to run.
import { register } from 'tsx/esm/api';

const modules = {
  'task-thread': () => import('./src/task-thread.ts'),
};

register();
await modules[process.argv[2]]();

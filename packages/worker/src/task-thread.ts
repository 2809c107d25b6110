// The entry point of a thread that runs the handler of one task.
import { parentPort, workerData } from 'node:worker_threads';
import { threadHandlers } from './handlers/thread-handlers.ts';
import { serveTask } from './threads/serve-task.ts';

if (parentPort !== null) serveTask(parentPort, workerData, threadHandlers);

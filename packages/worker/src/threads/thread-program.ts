// The program of a thread that runs the handler of one task.
import { parentPort, workerData } from 'node:worker_threads';
import { serveThread } from './serve-thread.ts';

if (parentPort !== null) serveThread(parentPort, workerData);

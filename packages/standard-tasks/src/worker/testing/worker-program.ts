import { createTaskwireWorker } from '@taskwire/worker';
import { DocumentWorker } from '../document-worker.ts';

/** A worker process that knows documents alone. */
const documents = new DocumentWorker();
await createTaskwireWorker({ handlers: documents.handlers, extensions: [documents] }).start();

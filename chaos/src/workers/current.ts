// The worker as it is, whose `demo.count` can also commit misdeeds.
import { DocumentWorker, demoHandlers } from '@taskwire/standard-tasks/worker';
import { createTaskwireWorker } from '@taskwire/worker';
import { misbehaving } from '../misdeeds/misbehaving.ts';

const documents = new DocumentWorker();
const [count, ...others] = demoHandlers;
await createTaskwireWorker({
  handlers: [misbehaving(count), ...others, ...documents.handlers],
  extensions: [documents],
}).start();

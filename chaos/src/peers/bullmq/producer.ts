import { Queue, Worker } from 'bullmq';
import * as z from 'zod';
import { publishNumbers, readSettings, tellHarness } from '../child-side.ts';
import { producerSettingsSchema } from '../settings.ts';

const { redisUrl, workload } = readSettings(producerSettingsSchema);
const connection = { url: redisUrl, maxRetriesPerRequest: null };
const progressSchema = z.object({ number: z.int() }).catch({ number: 0 });

const queue = new Queue('work', { connection });
// A job whose id exists already is not added again.
await queue.add('count', {}, { jobId: 'one-and-only' });

const worker = new Worker(
  'work',
  async (job) => {
    // A job that was taken over still has the progress that its last worker reported.
    const done = progressSchema.parse(job.progress).number;
    await publishNumbers(workload, done + 1, (number) => job.updateProgress({ number }));
  },
  // Delay of the takeover of a dead worker's job: the same as Taskwire's.
  { connection, lockDuration: 10_000, stalledInterval: 3_000 },
);
await worker.waitUntilReady();
tellHarness({ type: 'ready' });

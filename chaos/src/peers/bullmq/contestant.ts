import { Queue } from 'bullmq';
import { ChildBout } from '../child-bout.ts';
import type { Contestant } from '../contestant.ts';

/** Number of events that a trim leaves. */
const KEPT_EVENTS = 10;

async function trim(redisUrl: string): Promise<void> {
  const queue = new Queue('work', { connection: { url: redisUrl } });
  await queue.trimEvents(KEPT_EVENTS);
  await queue.close();
}

export const bullmq: Contestant = {
  name: 'BullMQ QueueEvents',
  packages: ['bullmq'],
  configuration:
    'job.updateProgress; QueueEvents with lastEventId, remembered over restarts; a taken-over job goes on from ' +
    'job.progress; lockDuration 10 s, stalledInterval 3 s; trimmed by queue.trimEvents(10)',
  documentation: [
    'https://docs.bullmq.io/guide/events',
    'https://docs.bullmq.io/guide/jobs/stalled',
    'https://docs.bullmq.io/guide/workers/stalled-jobs',
  ],
  notApplicable: {},
  open: (workload) =>
    ChildBout.open({
      workload,
      server: new URL('./server.ts', import.meta.url),
      producer: new URL('./producer.ts', import.meta.url),
      cutBefore: 'redis',
      replaceable: true,
      watch: () => Promise.resolve(() => Promise.resolve()),
      trim,
    }),
  dispose: () => Promise.resolve(),
};

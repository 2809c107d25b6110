import { Queue } from 'bullmq';
import type { SampleEvent } from '../../load/sample-event.ts';
import { QUEUE } from '../bullmq-sse/queue.ts';

/** Publishes events as the progress of a job. @returns a function that publishes one. */
export async function openBullmq(redisUrl: string): Promise<(event: SampleEvent) => Promise<void>> {
  const queue = new Queue(QUEUE, { connection: { url: redisUrl } });
  const job = await queue.add('work', {});
  return (event) => job.updateProgress({ ...event });
}

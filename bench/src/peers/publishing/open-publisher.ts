import { Queue } from 'bullmq';
import type { SampleEvent } from '../../load/sample-event.ts';
import { Agent, request } from 'node:http';

/** Publishes events as the progress of a job. @returns a function that publishes one. */
export async function openBullmq(redisUrl: string): Promise<(event: SampleEvent) => Promise<void>> {
  const queue = new Queue(QUEUE, { connection: { url: redisUrl } });
  const job = await queue.add('work', {});
  return (event) => job.updateProgress({ ...event });
}

/** The queue of the one job that reports progress. */
export const QUEUE = 'bench';

/** Sends events by POST, in their order, over one connection. @returns what sends one; it resolves when it is taken. */
export function openHttp(url: string): (event: SampleEvent) => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, scheduling: 'fifo' });
  return (event) =>
    new Promise((resolve, reject) => {
      const body = Buffer.from(JSON.stringify(event));
      const headers = { 'content-type': 'application/json', 'content-length': body.length };
      const post = request(url, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        const status = response.statusCode ?? 0;
        if (status >= 300) reject(new Error(`POST ${url} was answered ${status}`));
        response.on('end', resolve);
      });
      post.on('error', reject);
      post.end(body);
    });
}

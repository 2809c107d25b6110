import { QueueEvents } from 'bullmq';
import * as z from 'zod';
import { readSettings, tellHarness } from '../child-side.ts';
import type { Entry } from '../record.ts';
import { serverSettingsSchema } from '../settings.ts';

// The process that listens to the queue for all watchers. It continues from the last event id that it has sent.
const { redisUrl, cursor } = readSettings(serverSettingsSchema);
const progressSchema = z.object({ number: z.int() });

const queueEvents = new QueueEvents('work', {
  connection: { url: redisUrl },
  lastEventId: cursor === '' ? '0-0' : cursor,
});

function tell(entry: Entry, id: string): void {
  tellHarness({ type: 'entry', entry, cursor: id });
}

// Without a listener a lost connection would end the process; BullMQ comes back by itself.
queueEvents.on('error', () => undefined);
queueEvents.on('progress', ({ data }, id) => {
  const { number } = progressSchema.parse(data);
  tell({ type: 'event', from: number, to: number }, id);
});
queueEvents.on('completed', (_job, id) => tell({ type: 'ended', how: 'completed' }, id));
queueEvents.on('failed', (_job, id) => tell({ type: 'ended', how: 'failed' }, id));
queueEvents.on('stalled', (_job, id) => tell({ type: 'ended', how: 'stalled' }, id));
// At once: it misses nothing by connecting later, and while its line is cut it cannot.
tellHarness({ type: 'ready' });

process.once('SIGTERM', () => void queueEvents.close().then(() => process.exit()));

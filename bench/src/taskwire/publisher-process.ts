// A process that holds one task as a worker does, and writes events into its log on command.
import { setTimeout as delay } from 'node:timers/promises';
import { initialTaskState, type TaskEventDraft } from '@taskwire/protocol';
import { createEventLog, type AttemptWriter, type EventLog, type TaskAddress } from '@taskwire/event-log';
import { EventSource, PUBLISHED_STAGE } from './event-source.ts';
import {
  publisherOrderSchema,
  publisherSettingsSchema,
  type PublisherOrder,
  type PublisherReply,
} from './publisher-messages.ts';

const source = new EventSource();

async function publish(writer: AttemptWriter, order: Extract<PublisherOrder, { order: 'publish' }>): Promise<void> {
  const { type, rate, count, messageLength, windowMs = 0 } = order;
  const begunAt = performance.now();
  const appends: Promise<unknown>[] = [];
  let gathered: TaskEventDraft[] = [];
  let gatheredSince = -Infinity;
  for (let index = 0; index < count; index += 1) {
    // Each event has its own due time. Late events follow at once, so the rate holds on average.
    const earlyMs = begunAt + (index * 1_000) / rate - performance.now();
    if (earlyMs > 0) await delay(earlyMs);
    gathered.push(source.make(type, messageLength));
    const now = performance.now();
    if (now - gatheredSince < windowMs && index < count - 1) continue;
    appends.push(writer.append(gathered));
    gathered = [];
    gatheredSince = now;
  }
  await Promise.all(appends);
}

async function obey(writer: AttemptWriter, order: PublisherOrder): Promise<void> {
  switch (order.order) {
    case 'publish':
      return publish(writer, order);
    case 'finish':
      await writer.append([{ type: 'done', output: { words: 0, characters: 0 }, durationMs: 0 }]);
      return;
  }
}

async function claim(log: EventLog, task: TaskAddress): Promise<AttemptWriter> {
  const claimed = await log.claim(task, `bench-${process.pid}`);
  if (!claimed.claimed) throw new Error(`the task cannot be taken: ${claimed.reason}`);
  await claimed.writer.append([{ type: 'stage', stage: PUBLISHED_STAGE, status: 'running', weight: 1 }]);
  return claimed.writer;
}

function answer(reply: PublisherReply['reply']): void {
  process.send?.({ reply } satisfies PublisherReply);
}

const { redisUrl, ...task } = publisherSettingsSchema.parse(JSON.parse(process.argv[2] ?? 'null'));
const log = createEventLog({
  redisUrl,
  patient: true,
  loadSnapshot: async () => ({ seq: 0, state: initialTaskState({ ...task, kind: 'demo.text' }) }),
});
const writer = await claim(log, task);
process.on('disconnect', () => process.exit());
process.on('message', (raw) => {
  void obey(writer, publisherOrderSchema.parse(raw)).then(() => answer('written'));
});
answer('ready');

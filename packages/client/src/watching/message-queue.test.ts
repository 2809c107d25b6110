import { expect, test } from 'vitest';
import { MessageQueue } from './message-queue.ts';

async function readAll<Message>(queue: MessageQueue<Message>): Promise<Message[]> {
  const read: Message[] = [];
  for await (const message of queue) read.push(message);
  return read;
}

test('messages that were pushed before the end are read before it', async () => {
  const queue = new MessageQueue<number>(() => undefined);
  queue.push(1);
  queue.push(2);
  queue.end();
  queue.push(3);
  expect(await readAll(queue)).toEqual([1, 2]);
});

test('an error comes once, after the messages that were pushed before it', async () => {
  const queue = new MessageQueue<number>(() => undefined);
  queue.push(1);
  queue.end(new Error('away'));
  expect(await queue.next()).toEqual({ done: false, value: 1 });
  await expect(queue.next()).rejects.toThrow('away');
  expect(await queue.next()).toEqual({ done: true, value: undefined });
});

test('a waiting reader gets the end', async () => {
  const queue = new MessageQueue<number>(() => undefined);
  const waiting = queue.next();
  queue.end();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test('leaving ends a waiting read, drops the messages and calls back once', async () => {
  let left = 0;
  const queue = new MessageQueue<number>(() => (left += 1));
  const waiting = queue.next();
  await queue.return();
  queue.end();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await readAll(queue)).toEqual([]);
  expect(left).toBe(1);
});

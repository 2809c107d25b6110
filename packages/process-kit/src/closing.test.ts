import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { Closing } from './closing.ts';

function createClosing() {
  const lines: string[] = [];
  return { closing: new Closing(pino({}, { write: (line) => void lines.push(line) })), lines };
}

it('a resource is pending until it is closed', async () => {
  const { closing, lines } = createClosing();
  const close = vi.fn<() => void>();
  const closed = closing.close('queue', 60_000, new Promise<void>((resolve) => close.mockImplementation(resolve)));
  expect(closing.pending).toEqual(['queue']);
  close();
  await closed;
  expect(closing.pending).toEqual([]);
  expect(lines).toEqual([]);
});

it('a resource that fails to close, or is late, stays pending and is logged with its name', async () => {
  const { closing, lines } = createClosing();
  await closing.close('queue', 60_000, Promise.reject(new Error('lost')));
  await closing.close('database', 1, new Promise(() => undefined));
  await closing.close('event log', 60_000, Promise.resolve());
  expect(closing.pending).toEqual(['queue', 'database']);
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { level: 40, part: 'queue', err: { message: 'lost' }, msg: 'queue: not closed in order' },
    { level: 40, part: 'database', err: { message: 'not closed after 1 ms' }, msg: 'database: not closed in order' },
  ]);
});

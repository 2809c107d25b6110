import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StreamConnection, StreamEndedEvent } from './stream-connection.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A connection to a stream that begins with `text` and never ends. */
async function connectTo(text: string) {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
  });
  const headers = { 'content-type': 'text/event-stream' };
  const connection = new StreamConnection('http://server/stream', {
    open: () => Promise.resolve(new Response(body, { headers })),
  });
  const ended = vi.fn<(event: Event) => void>();
  connection.addEventListener('error', ended);
  await vi.waitFor(() => expect(connection.readyState).toBe(connection.OPEN));
  return { connection, ended };
}

it('ends a stream without a first frame, so that its watcher reconnects', async () => {
  const { connection, ended } = await connectTo(': a comment of a proxy\n\n');
  await vi.advanceTimersByTimeAsync(19_000);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  const [event] = ended.mock.calls[0] ?? [];
  expect(event instanceof StreamEndedEvent && event.failure).toMatchObject({ code: 'NETWORK' });
  expect(connection.readyState).toBe(connection.CLOSED);
});

it('sets no limit to a stream that has begun', async () => {
  const { connection, ended } = await connectTo('event: connected\ndata: {}\n\n');
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(ended).not.toHaveBeenCalled();
  connection.close();
});

it('leaves no timer behind after close', async () => {
  const { connection } = await connectTo('');
  connection.close();
  expect(vi.getTimerCount()).toBe(0);
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openStream } from './open-stream.ts';
import type { Transport } from './transport.ts';

function transportWith(fetch: Transport['fetch']): Transport {
  const [url, authorization] = ['http://server', () => Promise.resolve({})];
  return { url, trpcUrl: `${url}/trpc`, isTokenRenewable: false, fetch, authorization };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('aborts a request without an answer, so that its caller can reconnect', async () => {
  let signal: AbortSignal | null | undefined;
  const transport = transportWith((_url, init) => {
    signal = init?.signal;
    return new Promise(() => undefined);
  });
  const opening = expect(openStream(transport, 'http://server/stream', {})).rejects.toMatchObject({ code: 'NETWORK' });
  await vi.advanceTimersByTimeAsync(20_000);
  await opening;
  expect(signal?.aborted).toBe(true);
});

it('sets no limit to a stream that has begun', async () => {
  let signal: AbortSignal | null | undefined;
  const transport = transportWith((_url, init) => {
    signal = init?.signal;
    return Promise.resolve(new Response('', { headers: { 'content-type': 'text/event-stream' } }));
  });
  const reader = new AbortController();
  await openStream(transport, 'http://server/stream', { signal: reader.signal });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(signal?.aborted).toBe(false);
  reader.abort();
  expect(signal?.aborted).toBe(true);
});

it('stops reading an endless body of an error, and closes it', async () => {
  let canceled = false;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"error":')),
    cancel: () => {
      canceled = true;
    },
  });
  const headers = { 'content-type': 'application/json' };
  const transport = transportWith(() => Promise.resolve(new Response(body, { status: 404, headers })));
  const opening = expect(openStream(transport, 'http://server/stream', {})).rejects.toMatchObject({
    code: 'NETWORK',
    status: 404,
  });
  await vi.advanceTimersByTimeAsync(10_000);
  await opening;
  expect(canceled).toBe(true);
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { errorOfResponse } from './response-error.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const TASKWIRE_ERROR = JSON.stringify({ error: { code: 'NOT_FOUND', message: 'no such task', fields: [] } });

/** A body that sends a text, and ends only if `isComplete`. */
function bodyOf(text: string, isComplete: boolean): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      if (isComplete) controller.close();
    },
  });
}

it('reads an error of Taskwire', async () => {
  const response = new Response(bodyOf(TASKWIRE_ERROR, true), { status: 404 });
  expect(await errorOfResponse(response)).toMatchObject({ code: 'NOT_FOUND', message: 'no such task' });
});

it('does not read the start of a body that does not end in time as an answer', async () => {
  const reading = errorOfResponse(new Response(bodyOf(TASKWIRE_ERROR, false), { status: 404 }));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await reading).toMatchObject({ code: 'NETWORK', isRetryable: true });
});

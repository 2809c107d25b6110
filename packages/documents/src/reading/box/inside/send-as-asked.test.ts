import { describe, expect, it, vi } from 'vitest';
import type { BoxMessage } from '../box-messages.ts';
import { sendAsAsked } from './send-as-asked.ts';

async function* numbered(count: number, onRead: (number: number) => void): AsyncGenerator<number[], void> {
  for (let number = 1; number <= count; number += 1) {
    onRead(number);
    yield await Promise.resolve([number]);
  }
}

function fakeChannel() {
  const sent: BoxMessage[] = [];
  const asking = { ask: (): void => undefined };
  const channel = {
    send: (message: BoxMessage) => void sent.push(message),
    onAsked: (listener: () => void) => void (asking.ask = listener),
  };
  return { sent, asking, channel };
}

describe('sendAsAsked', () => {
  it('reads one batch ahead of the requests, and no further', async () => {
    const { sent, asking, channel } = fakeChannel();
    const onRead = vi.fn();
    void sendAsAsked(numbered(100, onRead), channel);
    asking.ask();
    asking.ask();
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
    expect(onRead).toHaveBeenCalledTimes(3);
  });

  it('sends the end, or the failure, after the last batch', async () => {
    const ended = fakeChannel();
    const sending = sendAsAsked(numbered(1, vi.fn()), ended.channel);
    ended.asking.ask();
    ended.asking.ask();
    await sending;
    expect(ended.sent).toEqual([{ type: 'items', items: [1] }, { type: 'end' }]);
    const failed = fakeChannel();
    await sendAsAsked(
      numbered(1, () => {
        throw new RangeError('Maximum call stack size exceeded');
      }),
      failed.channel,
    );
    expect(failed.sent).toMatchObject([{ type: 'failed', code: 'DOCUMENT_TOO_COMPLEX' }]);
  });
});

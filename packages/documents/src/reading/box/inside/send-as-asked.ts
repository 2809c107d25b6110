import { describeReadingFailure } from '../../document-error.ts';
import type { BoxMessage } from '../box-messages.ts';

/** The channel of a box to its parent. */
export interface BoxChannel {
  send: (message: BoxMessage) => void;
  /** Registers the listener that is called each time the parent asks for a batch. */
  onAsked: (listener: () => void) => void;
}

/**
 * Sends one batch of items for each request of the parent, then the end or the failure. Without a request, the batch
 * waits and nothing further is read.
 */
export async function sendAsAsked(batches: AsyncIterable<unknown[]>, { send, onAsked }: BoxChannel): Promise<void> {
  let asked = 0;
  let wake = (): void => undefined;
  onAsked(() => {
    asked += 1;
    wake();
  });
  const untilAsked = async () => {
    while (asked === 0) await new Promise<void>((resolve) => (wake = resolve));
    asked -= 1;
  };
  try {
    for await (const items of batches) {
      await untilAsked();
      send({ type: 'items', items });
    }
    await untilAsked();
    send({ type: 'end' });
  } catch (error) {
    send({ type: 'failed', ...describeReadingFailure(error) });
  }
}

import { firstSeq, type TaskMessage } from '@taskwire/protocol';
import { expect } from 'vitest';

/**
 * Every event once and in order, from a first snapshot to `done`. A slow watcher may get neighbours merged (MUST 10): a
 * message then stands for the seqs from its `fromSeq` on.
 */
export function expectWhole(messages: readonly TaskMessage[]): void {
  const [first, ...events] = messages;
  expect(first?.type).toBe('snapshot');
  const begins = events.map(firstSeq);
  const ends = messages.map(({ seq }) => seq);
  expect(begins).toEqual(ends.slice(0, -1).map((seq) => seq + 1));
  expect(events.filter(({ type }) => type === 'snapshot')).toEqual([]);
  expect(events.at(-1)?.type).toBe('done');
}

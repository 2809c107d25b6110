import { describe, expect, it } from 'vitest';
import { collect } from '../../../testing/index.ts';
import { inBatches } from './batches.ts';

async function* given(...items: (string | Error)[]): AsyncGenerator<string, void> {
  for (const item of items) {
    if (item instanceof Error) throw await Promise.resolve(item);
    yield item;
  }
}
const sizeOf = (item: string) => item.length;

describe('inBatches', () => {
  it('puts many small items into one batch, in their order', async () => {
    expect(await collect(inBatches(given('a', 'b', 'c'), sizeOf))).toEqual([['a', 'b', 'c']]);
  });

  it('ends a batch that has become large', async () => {
    const large = 'x'.repeat(300_000);
    expect(await collect(inBatches(given('a', large, 'b'), sizeOf))).toEqual([['a', large], ['b']]);
  });

  it('ends a batch of many items', async () => {
    const batches = await collect(inBatches(given(...Array.from({ length: 300 }, String)), sizeOf));
    expect(batches.map((batch) => batch.length)).toEqual([128, 128, 44]);
  });

  it('yields the items before a failure, then fails', async () => {
    const failure = new Error('broken');
    const batches = inBatches(given('a', failure), sizeOf);
    expect((await batches.next()).value).toEqual(['a']);
    await expect(batches.next()).rejects.toBe(failure);
  });

  it('gives no batch for no items', async () => {
    expect(await collect(inBatches(given(), sizeOf))).toEqual([]);
  });
});

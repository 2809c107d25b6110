import { describe, expect, it } from 'vitest';
import { inTurn } from './read-corpus.ts';

describe('inTurn', () => {
  it('gives the results in the order of the items, and never works on more at once than it may', async () => {
    let working = 0;
    let most = 0;
    const results = await inTurn([5, 1, 3, 2, 4], 2, async (item) => {
      working += 1;
      most = Math.max(most, working);
      for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
      working -= 1;
      return item * 10;
    });
    expect(results).toEqual([50, 10, 30, 20, 40]);
    expect(most).toBe(2);
  });

  it('fails with the first failure', async () => {
    const work = (item: number) => (item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item));
    await expect(inTurn([1, 2, 3], 1, work)).rejects.toThrow('two');
  });
});

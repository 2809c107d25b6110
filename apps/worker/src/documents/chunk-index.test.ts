import type { Chunk } from '@taskwire/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask, openTestHouse, type TestHouse } from '../testing/test-house.ts';
import { indexChunks } from './chunk-index.ts';

let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse();
});

afterAll(async () => {
  await house.close();
});

async function* batches(count: number): AsyncGenerator<Chunk[], void> {
  for (let ordinal = 0; ordinal < count; ordinal += 1) yield [{ ordinal, page: 1, text: `chunk ${ordinal}` }];
}

const { signal } = new AbortController();

describe('indexChunks', () => {
  it('leaves the index as it was when it is broken off between batches', async () => {
    const { taskId } = await createTask(house, 'document.ingest', { uploadId: crypto.randomUUID() });
    await indexChunks(house.database, { taskId, batches: () => batches(3), signal }, () => Promise.resolve());
    const broken = indexChunks(house.database, { taskId, batches: () => batches(9), signal }, (indexed) =>
      indexed === 5 ? Promise.reject(new Error('broken off')) : Promise.resolve(),
    );
    await expect(broken).rejects.toThrow('broken off');
    expect(await house.database.documentChunk.count({ where: { taskId } })).toBe(3);
  });
});

/** Approximate size (characters of text) of a batch. */
const BATCH_SIZE = 262_144;
const BATCH_ITEMS = 128;
/** Time (ms) after which a small batch is sent too, so that progress stays lively. */
const BATCH_MS = 250;

/**
 * Groups items into batches, so that several pages travel in one message.
 * @param sizeOf the size of an item, in characters or bytes.
 * @yields batches of at least one item. Items before a failure are yielded before the failure is thrown.
 */
export async function* inBatches<Item>(
  items: AsyncIterable<Item>,
  sizeOf: (item: Item) => number,
): AsyncGenerator<Item[], void> {
  let batch: Item[] = [];
  let size = 0;
  let since = performance.now();
  try {
    for await (const item of items) {
      batch.push(item);
      size += sizeOf(item);
      if (size < BATCH_SIZE && batch.length < BATCH_ITEMS && performance.now() - since < BATCH_MS) continue;
      const full = batch;
      batch = [];
      size = 0;
      yield full;
      since = performance.now();
    }
  } catch (error) {
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}

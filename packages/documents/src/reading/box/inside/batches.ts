/** Characters of text in a batch, about. */
const BATCH_SIZE = 262_144;
const BATCH_ITEMS = 128;
/** Time (ms) after which a batch is given although it is small: progress stays lively. */
const BATCH_MS = 250;

/**
 * Groups items into batches: several pages travel in one message.
 * @param sizeOf the size of an item, in characters or bytes.
 * @yields batches of at least one item; what came before a failure is given before it is thrown.
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

/** Takes items until the iteration ends, or `isEnough` is true of the items so far. */
export async function collect<Item>(
  items: AsyncIterable<Item>,
  isEnough: (items: readonly Item[]) => boolean = () => false,
): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) {
    collected.push(item);
    if (isEnough(collected)) break;
  }
  return collected;
}

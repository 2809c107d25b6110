/** One question about many items, and the same about a single one. */
export interface Asking<Item, Answer> {
  /** Answers in the order of the items. */
  all: (items: readonly Item[]) => Promise<readonly Answer[]>;
  one: (item: Item) => Promise<Answer>;
  /** Called for each item that fails while others succeed. */
  onFailure: (item: Item, error: unknown) => void;
}

/**
 * Asks about all items at once. If that fails, asks about each alone, so that one bad item does not hide the others.
 * @returns each item that was answered, with its answer.
 * @throws the first error if all items fail: then the server does not answer.
 */
export async function eachOfMany<Item extends object, Answer>(
  items: readonly Item[],
  { all, one, onFailure }: Asking<Item, Answer>,
): Promise<[Item, Answer][]> {
  if (items.length === 0) return [];
  const answers = await all(items).catch(() => undefined);
  if (answers !== undefined) return answers.flatMap((answer, index) => pairOf(items[index], answer));
  const answered: [Item, Answer][] = [];
  const failed: [Item, unknown][] = [];
  for (const item of items) {
    await one(item).then(
      (answer) => answered.push([item, answer]),
      (error: unknown) => failed.push([item, error]),
    );
  }
  if (answered.length === 0) throw failed[0]?.[1];
  for (const [item, error] of failed) onFailure(item, error);
  return answered;
}

function pairOf<Item extends object, Answer>(item: Item | undefined, answer: Answer): [Item, Answer][] {
  return item === undefined ? [] : [[item, answer]];
}

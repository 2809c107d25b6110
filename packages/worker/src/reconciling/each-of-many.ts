/** One question about many items, and the same about a single one. */
export interface Asking<Item, Answer> {
  /** Answers in the order of the items. */
  all: (items: readonly Item[]) => Promise<readonly Answer[]>;
  one: (item: Item) => Promise<Answer>;
  /** Called for each item that fails. If it rejects, no further item is asked about. */
  onFailure: (item: Item, error: unknown) => Promise<void>;
}

/**
 * Asks about all items at once. If that fails, asks about each alone, so that one bad item does not hide the others.
 * @returns each item that was answered, with its answer.
 * @throws the error of `onFailure`.
 */
export async function eachOfMany<Item extends object, Answer>(
  items: readonly Item[],
  { all, one, onFailure }: Asking<Item, Answer>,
): Promise<[Item, Answer][]> {
  if (items.length === 0) return [];
  const answers = await all(items).catch(() => undefined);
  if (answers !== undefined) return answers.flatMap((answer, index) => pairOf(items[index], answer));
  const answered: [Item, Answer][] = [];
  for (const item of items) {
    try {
      answered.push([item, await one(item)]);
    } catch (error) {
      await onFailure(item, error);
    }
  }
  return answered;
}

function pairOf<Item extends object, Answer>(item: Item | undefined, answer: Answer): [Item, Answer][] {
  return item === undefined ? [] : [[item, answer]];
}

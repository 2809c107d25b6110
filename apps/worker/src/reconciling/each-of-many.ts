/** How to ask for many at once and, if that fails, for each alone. */
export interface Asking<Item, Answer> {
  /** Answers in the order of the items. */
  all: (items: readonly Item[]) => Promise<readonly Answer[]>;
  one: (item: Item) => Promise<Answer>;
  /** Called for each item that fails although others do not. */
  onFailure: (item: Item, error: unknown) => void;
}

/**
 * Asks for many at once. If that fails, asks for each alone, so that one item that fails does not hide the others.
 * @returns the items that were answered, each with its answer.
 * @throws what the items failed with if all of them fail: then it is the server that does not answer.
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

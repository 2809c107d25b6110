import { toClientError } from './to-client-error.ts';

/** Runs a call, and throws what it throws as a TaskwireClientError. */
export async function explained<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw toClientError(error);
  }
}

/** Iterates, and throws what the iteration throws as a TaskwireClientError. */
export async function* explainedEach<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  try {
    yield* items;
  } catch (error) {
    throw toClientError(error);
  }
}

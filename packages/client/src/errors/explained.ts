import { toClientError } from './to-client-error.ts';

/** Runs a call. Each error of it becomes a TaskwireClientError. */
export async function explained<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw toClientError(error);
  }
}

/** Iterates. Each error of the iteration becomes a TaskwireClientError. */
export async function* explainedEach<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  try {
    yield* items;
  } catch (error) {
    throw toClientError(error);
  }
}

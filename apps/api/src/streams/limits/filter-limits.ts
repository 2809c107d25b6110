/** A topic that is watched with a filter; see `topicKey` and `filterKey`. */
export interface Filtered {
  topic: string;
  filter: string;
}

/** Counts with how many different filters each user watches each topic. */
export class FilterLimits {
  readonly #most: number;
  /** By user and topic: how many streams have a filter. */
  readonly #open = new Map<string, Map<string, number>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** @returns what gives the place back, once is enough; undefined if the filter is one too many. */
  admit(userId: string, { topic, filter }: Filtered): (() => void) | undefined {
    const key = JSON.stringify([userId, topic]);
    const filters = this.#open.get(key) ?? new Map<string, number>();
    const streams = filters.get(filter) ?? 0;
    if (streams === 0 && filters.size >= this.#most) return undefined;
    filters.set(filter, streams + 1);
    this.#open.set(key, filters);
    let isHeld = true;
    return () => {
      if (isHeld) this.#leave(key, filter);
      isHeld = false;
    };
  }

  #leave(key: string, filter: string): void {
    const filters = this.#open.get(key);
    const left = (filters?.get(filter) ?? 1) - 1;
    if (left > 0) filters?.set(filter, left);
    else filters?.delete(filter);
    if (filters?.size === 0) this.#open.delete(key);
  }
}

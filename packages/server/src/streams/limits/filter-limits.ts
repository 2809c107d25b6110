import type { TopicAddress, TopicFilter } from '@taskwire/router';

/** A topic that is watched with a filter; see `topicKey` and `filterKey`. */
export interface Filtered {
  topic: string;
  filter: string;
}

/** Counts the different filters with which each user watches each topic. */
export class FilterLimits {
  readonly #most: number;
  /** By user and topic: the number of streams of each filter. */
  readonly #open = new Map<string, Map<string, number>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** @returns a function that frees the place, once; undefined if there are too many filters. */
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

/** The same text for filters that let the same events through; empty if a filter lets all through. Names must be sorted. */
export function filterKey(filter: TopicFilter | undefined): string {
  if (filter?.stages === undefined && filter?.types === undefined) return '';
  return JSON.stringify([filter.stages ?? null, filter.types ?? null]);
}

/** A text of its own for each topic. */
export function topicKey({ projectId, ownerId }: TopicAddress): string {
  return JSON.stringify([projectId ?? null, ownerId ?? null]);
}

/** A topic with its filter; undefined without one. */
export function filteredBy(topic: TopicAddress, filter: TopicFilter | undefined): Filtered | undefined {
  const key = filterKey(filter);
  return key === '' ? undefined : { topic: topicKey(topic), filter: key };
}

import type { TopicAddress, TopicFilter } from '@taskwire/router';
import type { Filtered } from './filter-limits.ts';

/** Tells filters apart that let different events through; empty for one that lets all through. Names must be sorted. */
export function filterKey(filter: TopicFilter | undefined): string {
  if (filter?.stages === undefined && filter?.types === undefined) return '';
  return JSON.stringify([filter.stages ?? null, filter.types ?? null]);
}

/** Tells topics apart. */
export function topicKey({ projectId, ownerId }: TopicAddress): string {
  return JSON.stringify([projectId ?? null, ownerId ?? null]);
}

/** A topic with its filter; undefined without one. */
export function filteredBy(topic: TopicAddress, filter: TopicFilter | undefined): Filtered | undefined {
  const key = filterKey(filter);
  return key === '' ? undefined : { topic: topicKey(topic), filter: key };
}

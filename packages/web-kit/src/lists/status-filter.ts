import type { TaskStatus } from '@taskwire/protocol';

/** The filters of the task list, in the order of the page. */
export const STATUS_FILTERS = ['all', 'active', 'done', 'failed', 'canceled'] as const;
export type StatusFilter = (typeof STATUS_FILTERS)[number];

export const STATUS_FILTER_WORDS = {
  all: 'All',
  active: 'In progress',
  done: 'Done',
  failed: 'Failed',
  canceled: 'Canceled',
} as const satisfies Record<StatusFilter, string>;

const statuses: Record<StatusFilter, readonly TaskStatus[] | undefined> = {
  all: undefined,
  active: ['queued', 'running', 'retrying', 'canceling'],
  done: ['done'],
  failed: ['error'],
  canceled: ['canceled'],
};

/** The `task.list` input for a filter; empty for `all`. */
export function filterInput(filter: StatusFilter): { status?: TaskStatus[] } {
  const wanted = statuses[filter];
  return wanted === undefined ? {} : { status: [...wanted] };
}

/** Reads a filter's name; any other text gives `all`. */
export function parseStatusFilter(text: string | null): StatusFilter {
  return STATUS_FILTERS.find((filter) => filter === text) ?? 'all';
}

import { TaskwireError } from '@taskwire/protocol';
import { SUBSCRIPTIONS } from '@taskwire/router';

/** The most calls in one batch. */
export const MAX_BATCH_SIZE = 50;

/** The calls of one request to tRPC. */
export interface RequestedCalls {
  isBatch: boolean;
  /** Queries, mutations, and calls of unknown procedures. */
  calls: number;
  /** Long polls. */
  polls: number;
}

const LONG_POLL = 'task.poll';

/**
 * Reads which procedures a request names, as tRPC 11.19 does.
 * @param path the last part of the address.
 * @throws TaskwireError INVALID_INPUT if a batch is too long.
 */
export function requestedCalls(path: string, query: URLSearchParams): RequestedCalls {
  const isBatch = query.get('batch') === '1';
  const paths = isBatch ? decoded(path).split(',') : [decoded(path)];
  if (paths.length > MAX_BATCH_SIZE) {
    const message = `a batch may hold ${MAX_BATCH_SIZE} calls, and this one has ${paths.length}: send several`;
    throw new TaskwireError('INVALID_INPUT', message);
  }
  const polls = paths.filter((each) => each === LONG_POLL).length;
  // A stream counts from the time at which it follows its log.
  const streams = isBatch ? 0 : paths.filter((each) => SUBSCRIPTIONS.includes(each)).length;
  return { isBatch, polls, calls: paths.length - polls - streams };
}

/** tRPC answers a path that cannot be decoded. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Counts of calls by outcome. Plain numbers, because they change often. */
export class CallStatistics {
  /** Calls that have been admitted and have not ended. */
  inFlight = 0;
  /** Works that wait for their turn at the database. */
  waiting = 0;
  /** Requests that were refused, by reason. */
  readonly refused = { user: 0, process: 0, unauthenticated: 0 };
}

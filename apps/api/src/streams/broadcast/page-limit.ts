/** The most, and the least, entries of a log that are looked at in one go for a connection that catches up. */
const MOST_ENTRIES = 500;
const LEAST_ENTRIES = 16;

/** Number of entries read at a time for a connection that catches up: about twice as many as it has room for. */
export class PageLimit {
  #entries = MOST_ENTRIES;

  get entries(): number {
    return this.#entries;
  }

  /** Adapts the limit to a connection that had room for `written` of `given` messages. */
  learn({ written, given }: { written: number; given: number }): void {
    const wanted = written < given ? 2 * written : 2 * this.#entries;
    this.#entries = Math.min(MOST_ENTRIES, Math.max(LEAST_ENTRIES, wanted));
  }
}

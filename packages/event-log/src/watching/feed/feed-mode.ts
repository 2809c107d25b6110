import { RECENT_ENTRIES } from './recent-entries.ts';

/** Entries that arrive over pub/sub while the log is being read, out of order: the read brings most of them. */
export class AnnouncedEntries<Entry> {
  #entries: Entry[] = [];
  #isIncomplete = false;

  /** Keeps entries for later. Beyond the limit they are dropped, and the log must be read again. */
  add(entries: readonly Entry[]): void {
    if (this.#entries.length + entries.length > RECENT_ENTRIES) this.#isIncomplete = true;
    else this.#entries.push(...entries);
  }

  /** The log must be read again: it may have an entry that was not announced. */
  markIncomplete(): void {
    this.#isIncomplete = true;
  }

  /** The entries since the last call, and whether the log must be read again. */
  drain(): { entries: readonly Entry[]; isIncomplete: boolean } {
    const drained = { entries: this.#entries, isIncomplete: this.#isIncomplete };
    this.#entries = [];
    this.#isIncomplete = false;
    return drained;
  }
}

/** The mode before the log has been read for the first time. */
export interface Opening<Entry> {
  readonly name: 'opening';
  /** Undefined once the connection was lost. */
  announced: AnnouncedEntries<Entry> | undefined;
}

export interface Reading<Entry> {
  readonly name: 'reading';
  readonly announced: AnnouncedEntries<Entry>;
  /** Settles at the end of the read. */
  done: Promise<void>;
}

export interface Suspended {
  readonly name: 'suspended';
}

/** The mode of a feed, with the fields that are valid in it. The transitions stand above the feed. */
export type FeedMode<Entry> =
  | Opening<Entry>
  | { readonly name: 'live' }
  | Reading<Entry>
  | Suspended
  | { readonly name: 'failed'; readonly failure: Error }
  | { readonly name: 'closed'; readonly reason: Error | undefined };

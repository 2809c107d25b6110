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

  /** The entries until now, and whether the log must be read again. Begins anew. */
  take(): { entries: readonly Entry[]; isIncomplete: boolean } {
    const taken = { entries: this.#entries, isIncomplete: this.#isIncomplete };
    this.#entries = [];
    this.#isIncomplete = false;
    return taken;
  }
}

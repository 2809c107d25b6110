import { isDeepStrictEqual } from 'node:util';

/** Least number of recent entries that are kept, once there are that many. */
export const RECENT_ENTRIES = 1_024;

/** An entry with its number in the log. */
export interface Numbered {
  seq: number;
}

/** A read of the entries right before the recent ones. It is made before the read, and given back with the result. */
export interface Extension {
  readonly afterSeq: number;
  readonly limit: number;
  /** The first seq and the number of suspensions at that moment: a result counts only if both are still the same. */
  readonly firstSeq: number;
  readonly suspensions: number;
}

/**
 * A ring of the recent entries of a log, without holes, up to `lastSeq`. It holds between `capacity` and twice as many
 * entries, once the log has had that many.
 *
 * While it is suspended, the log may differ from these entries: no earlier ones are added.
 */
export class RecentEntries<Entry extends Numbered> {
  readonly #capacity: number;
  #entries: Entry[] = [];
  #lastSeq = 0;
  /** Seq of the first entry when the log was seen to have no earlier one. */
  #bottom: number | undefined;
  #suspensions = 0;
  #isSuspended = false;

  constructor(capacity = RECENT_ENTRIES) {
    this.#capacity = capacity;
  }

  /** Seq of the latest entry; without one, the seq after which the log goes on. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** The entry at `lastSeq`, if it is known. */
  get last(): Entry | undefined {
    return this.#entries.at(-1);
  }

  /** Adds the next entry. @throws Error if another one is the next. */
  push(entry: Entry): void {
    if (entry.seq !== this.#lastSeq + 1) throw new Error(`the log goes on with ${entry.seq} after ${this.#lastSeq}`);
    this.#lastSeq = entry.seq;
    this.#entries.push(entry);
    if (this.#entries.length > 2 * this.#capacity) this.#entries = this.#entries.slice(-this.#capacity);
  }

  /** Adds entries that come right before the first one; ignores any others. */
  pushBefore(entries: readonly Entry[]): void {
    const [first] = entries;
    if (first !== undefined && first.seq + entries.length === this.#firstSeq) {
      this.#entries = [...entries, ...this.#entries];
    }
  }

  /** Forgets all entries: the log goes on after `lastSeq`, behind a hole. */
  leap(lastSeq: number): void {
    this.#entries = [];
    this.#lastSeq = lastSeq;
  }

  suspend(): void {
    this.#suspensions += 1;
    this.#isSuspended = true;
  }

  resume(): void {
    this.#isSuspended = false;
  }

  /** Whether an equal entry is in the ring. */
  has(entry: Entry): boolean {
    return isDeepStrictEqual(this.#entries[entry.seq - this.#firstSeq], entry);
  }

  /**
   * At most `limit` entries after `seq`; empty from `lastSeq` on.
   * @returns `gone` if the log is known to have lost the next entry; undefined if only the log knows.
   */
  after(seq: number, limit: number): readonly Entry[] | 'gone' | undefined {
    const start = seq + 1 - this.#firstSeq;
    if (start >= 0) return this.#entries.slice(start, start + limit);
    return this.#firstSeq === this.#bottom ? 'gone' : undefined;
  }

  /** The read that would add the entries after `seq`; undefined if they are in the ring, too far back or not to be had. */
  extensionFor(seq: number): Extension | undefined {
    const firstSeq = this.#firstSeq;
    const distance = firstSeq - seq;
    const isNear = distance > 1 && distance <= this.#capacity && this.#entries.length <= this.#capacity;
    if (!isNear || firstSeq === this.#bottom || this.#isSuspended) return undefined;
    const afterSeq = Math.max(0, firstSeq - 1 - this.#capacity);
    return { afterSeq, limit: this.#capacity, firstSeq, suspensions: this.#suspensions };
  }

  /** Adds the entries that were read for an extension, the latest ones that fit, unless the first one has changed since. */
  extend({ afterSeq, firstSeq, suspensions }: Extension, read: readonly Entry[]): void {
    if (firstSeq !== this.#firstSeq || suspensions !== this.#suspensions) return;
    const earlier = read.filter(({ seq }) => seq < firstSeq);
    // Entries may have been pushed during the read, and left less room.
    const room = 2 * this.#capacity - this.#entries.length;
    this.pushBefore(earlier.slice(Math.max(0, earlier.length - room)));
    if (earlier.length > room) return;
    const [first] = earlier;
    if (first === undefined || first.seq > afterSeq + 1 || afterSeq === 0) this.#bottom = this.#firstSeq;
  }

  /** Seq of the first entry, or of the one that will be. */
  get #firstSeq(): number {
    return this.#entries[0]?.seq ?? this.#lastSeq + 1;
  }
}

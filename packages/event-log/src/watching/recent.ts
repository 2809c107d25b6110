import { isDeepStrictEqual } from 'node:util';

/** Least number of latest entries that are kept, once there are that many. */
export const RECENT_ENTRIES = 1_024;

/** An entry with its number in the log. */
export interface Numbered {
  seq: number;
}

type Read<Entry> = (afterSeq: number, limit: number) => Promise<readonly Entry[]>;

/**
 * The latest entries of a log, in memory, up to its head. One read of earlier entries serves all watchers that ask at
 * the same time. Near entries are kept too, because watchers come back together.
 */
export class Recent<Entry extends Numbered> {
  readonly #read: Read<Entry>;
  readonly #pages = new Map<string, Promise<readonly Entry[]>>();
  #entries: Entry[] = [];
  /** Seq of the latest entry; without one, the seq after which the log goes on. */
  #head: number;
  /** Seq of the first entry when the log was seen to have no earlier one. */
  #bottom: number | undefined;
  #extending: Promise<void> | undefined;
  /** Number of times that a suspension began or ended. */
  #suspensions = 0;
  #isSuspended = false;

  /** @param head the seq after which the first entry will come. */
  constructor(head: number, read: Read<Entry>) {
    this.#head = head;
    this.#read = read;
  }

  /** The entry at the head, if it is known. */
  get last(): Entry | undefined {
    return this.#entries.at(-1);
  }

  /** Takes the next entry. */
  push(entry: Entry): void {
    this.#head = entry.seq;
    this.#entries.push(entry);
    if (this.#entries.length > 2 * RECENT_ENTRIES) this.#entries = this.#entries.slice(-RECENT_ENTRIES);
  }

  /** Takes entries that come right before those it has; any others are passed over. */
  pushBefore(entries: readonly Entry[]): void {
    const [first] = entries;
    if (first !== undefined && first.seq + entries.length === this.#beginning) {
      this.#entries = [...entries, ...this.#entries];
    }
  }

  /** The log goes on after `head`, behind a hole. */
  leap(head: number): void {
    this.#entries = [];
    this.#head = head;
  }

  /** Whether the log may now differ from the known entries. While it may, no earlier entries are added. */
  set isSuspended(isSuspended: boolean) {
    this.#suspensions += 1;
    this.#isSuspended = isSuspended;
  }

  /** Whether this very entry is among them. */
  has(entry: Entry): boolean {
    return isDeepStrictEqual(this.#entries[entry.seq - this.#beginning], entry);
  }

  /** At most `limit` entries after `seq`, which is before the head; `gone` if the log no longer has the next one. */
  async after(seq: number, limit: number): Promise<readonly Entry[] | 'gone'> {
    if (this.#isNear(seq)) await (this.#extending ??= this.#extend().finally(() => (this.#extending = undefined)));
    const start = seq + 1 - this.#beginning;
    if (start >= 0) return this.#entries.slice(start, start + limit);
    if (this.#beginning === this.#bottom) return 'gone';
    const entries = await this.#page(seq, limit);
    return entries[0]?.seq === seq + 1 ? entries : 'gone';
  }

  /** The seq of the first entry, or of the one that will be. */
  get #beginning(): number {
    return this.#entries[0]?.seq ?? this.#head + 1;
  }

  /** Whether the entries may be extended, and would then reach back to `seq`. */
  #isNear(seq: number): boolean {
    const distance = this.#beginning - seq;
    return distance > 1 && distance <= RECENT_ENTRIES && this.#entries.length <= RECENT_ENTRIES;
  }

  /** Adds earlier entries, as far as the log still has them. */
  async #extend(): Promise<void> {
    const beginning = this.#beginning;
    const suspensions = this.#suspensions;
    if (beginning === this.#bottom) return;
    const after = Math.max(0, beginning - 1 - RECENT_ENTRIES);
    const entries = (await this.#read(after, RECENT_ENTRIES)).filter(({ seq }) => seq < beginning);
    if (beginning !== this.#beginning || suspensions !== this.#suspensions || this.#isSuspended) return;
    this.pushBefore(entries);
    const [first] = entries;
    if (first === undefined || first.seq > after + 1 || after === 0) this.#bottom = this.#beginning;
  }

  #page(seq: number, limit: number): Promise<readonly Entry[]> {
    const key = `${seq} ${limit}`;
    const known = this.#pages.get(key);
    if (known !== undefined) return known;
    const reading = this.#read(seq, limit).finally(() => this.#pages.delete(key));
    this.#pages.set(key, reading);
    return reading;
  }
}

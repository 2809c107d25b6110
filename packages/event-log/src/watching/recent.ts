import { isDeepStrictEqual } from 'node:util';

/** So many of the latest entries at least are kept, once there are so many. */
export const RECENT_ENTRIES = 1_024;

/** Whatever a log numbers. */
export interface Numbered {
  seq: number;
}

type Read<Entry> = (afterSeq: number, limit: number) => Promise<readonly Entry[]>;

/**
 * The latest entries of a log, in memory, up to its head. What lies before them is read for all who ask at the same time,
 * and kept too if it is not far: watchers come back together.
 */
export class Recent<Entry extends Numbered> {
  readonly #read: Read<Entry>;
  readonly #pages = new Map<string, Promise<readonly Entry[]>>();
  #entries: Entry[] = [];
  /** Of the latest entry, or where the log goes on if there is none. */
  #head: number;
  /** Where the entries began when the log was seen to have nothing before them. */
  #bottom: number | undefined;
  #extending: Promise<void> | undefined;
  /** Counts how often there came to be doubt, or an end to it. */
  #doubts = 0;
  #doubtful = false;

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

  /** Whether what the log has now may be something else than what is known: then nothing is put before that. */
  set doubtful(doubtful: boolean) {
    this.#doubts += 1;
    this.#doubtful = doubtful;
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

  /** Whether the entries would reach back so far if they were extended, and may be. */
  #isNear(seq: number): boolean {
    const distance = this.#beginning - seq;
    return distance > 1 && distance <= RECENT_ENTRIES && this.#entries.length <= RECENT_ENTRIES;
  }

  /** Lets the entries begin earlier, as far as the log still has what comes before. */
  async #extend(): Promise<void> {
    const beginning = this.#beginning;
    const doubts = this.#doubts;
    if (beginning === this.#bottom) return;
    const after = Math.max(0, beginning - 1 - RECENT_ENTRIES);
    const entries = (await this.#read(after, RECENT_ENTRIES)).filter(({ seq }) => seq < beginning);
    if (beginning !== this.#beginning || doubts !== this.#doubts || this.#doubtful) return;
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

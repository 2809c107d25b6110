import { TaskwireError } from '@taskwire/protocol';
import { READ_PAGE } from '../log/load-head.ts';

/** Recent entries kept in memory for the watchers of one log; whoever is further behind reads the log. */
const RING_SIZE = 1_024;
/** Pause (ms) before the log is read again after a read that failed. */
const CATCH_UP_RETRY_MS = 500;

/** Whatever a log numbers. */
export interface Numbered {
  seq: number;
}

/** The log that a feed follows, and what is made of it. */
export interface FeedSource<Entry extends Numbered> {
  /** The seq after which the feed begins to read. */
  begin(): Promise<number>;
  /** At most `limit` entries after `afterSeq`, in order. The first may come later than `afterSeq + 1`: a hole. */
  read(afterSeq: number, limit: number): Promise<readonly Entry[]>;
  /** The entries of a message of the channel. @throws if something else published it. */
  decode(message: string): readonly Entry[];
  /** Takes the next entry, in order. */
  apply(entry: Entry): void;
  /** The log does not go on right after `seq`. @returns the later seq at which it does. @throws if there is none. */
  resumeAfterHole(seq: number): Promise<number>;
  /**
   * The log may have lost its end, which reached up to `seq`, and may have grown again since: looks, and mends it.
   * @param last the entry of that seq as it was known here, if it was.
   * @returns where the log then goes on.
   */
  mendEnd(seq: number, last: Entry | undefined): Promise<number>;
  /** Whether the log is known to end before `cursor`, rather than to be away. */
  denies(cursor: number): Promise<boolean>;
}

/**
 * One watched log in this process: where its head is, the latest entries, and who waits for more.
 *
 * It is `open`ed once. From then on entries come by pub/sub, which is only the fast path (MUST 5): whatever does not fit
 * right behind the head makes it read the log instead, and so does a subscriber connection that was lost and came back
 * (`catchUp`). What the log no longer has, it goes on behind (`resumeAfterHole`): watchers see that their cursor's
 * successor is gone. It ends when it is `close`d.
 */
export class Feed<Entry extends Numbered> {
  readonly #source: FeedSource<Entry>;
  readonly #waiting = new Set<() => void>();
  #seq: number | undefined;
  #version = 0;
  #ring: Entry[] = [];
  #reading: Promise<void> | undefined;
  #again = false;
  #failure: Error | undefined;
  /** How often the connection was lost, and whether what the log has since is known to continue what is known here. */
  #losses = 0;
  #doubtful = false;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(source: FeedSource<Entry>) {
    this.#source = source;
  }

  /** Reads where the log stands. The channel must be subscribed before: what is published meanwhile is not missed. */
  async open(): Promise<void> {
    this.#seq = await this.#source.begin();
    await this.#read();
  }

  /** The last seq known here. Only after `open`. */
  get seq(): number {
    if (this.#seq === undefined) throw new Error('a feed has no head before it is open');
    return this.#seq;
  }

  /** Grows with everything that a watcher may want to know of. */
  get version(): number {
    return this.#version;
  }

  /** The connection was lost: nothing is taken until the log has been compared with what is known here. */
  doubt(): void {
    this.#losses += 1;
    this.#doubtful = true;
  }

  /** Takes a message of the channel. */
  receive(message: string): void {
    if (this.#doubtful) return;
    if (this.#seq === undefined || this.#reading !== undefined) {
      this.#again = true;
      return;
    }
    for (const entry of this.#entriesIn(message)) {
      if (entry.seq === this.seq + 1) this.#apply(entry);
      else return this.#misfit(entry);
    }
    this.#changed();
  }

  /** Reads from the log what pub/sub may have lost; while Redis is away, until it succeeds. */
  catchUp(): void {
    this.#attend(() => this.#read());
  }

  /** The same after Redis was away: it may have come back without the log's end. */
  catchUpAfterLoss(): void {
    this.#attend(async () => {
      const losses = this.#losses;
      const last = this.#ring.at(-1);
      this.#goOnAfter(await this.#source.mendEnd(this.seq, last?.seq === this.seq ? last : undefined));
      if (losses !== this.#losses) return;
      this.#doubtful = false;
      await this.#read();
    });
  }

  /**
   * What comes after `seq`: at most a page of entries; none if there is nothing yet; `gone` if the log has, after that
   * cursor, something else than its successor. @throws Error if the log is unreadable.
   */
  async after(seq: number): Promise<readonly Entry[] | 'gone'> {
    if (this.#failure !== undefined) throw this.#failure;
    if (seq < this.seq) return this.#behind(seq);
    if (seq === this.seq || this.#doubtful) return [];
    // A watcher may know more than pub/sub has brought here: from another process, say. The log knows best.
    await this.#readOrRetry();
    if (seq <= this.seq) return this.after(seq);
    return (await this.#source.denies(seq)) && seq > this.seq ? 'gone' : [];
  }

  /** Waits for a version other than `version`, or until `signal` aborts. Nothing stays behind either way. */
  changed(version: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
      if (signal.aborted || version !== this.#version) wake();
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#changed();
  }

  /** An entry that is not the next one: something was missed, or the log has lost its end and counts again. */
  #misfit(entry: Entry): void {
    if (entry.seq > this.seq) this.catchUp();
    else this.catchUpAfterLoss();
  }

  #attend(work: () => Promise<void>): void {
    clearTimeout(this.#retry);
    if (this.#closed) return;
    work().catch(() => this.#attendLater(work));
  }

  #attendLater(work: () => Promise<void>): void {
    clearTimeout(this.#retry);
    if (this.#closed || this.#failure !== undefined) return;
    this.#retry = setTimeout(() => this.#attend(work), CATCH_UP_RETRY_MS);
  }

  /** What came by pub/sub during a read that failed has been passed over, and concerns all watchers: it is made good. */
  async #readOrRetry(): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      this.#attendLater(() => this.#read());
      throw error;
    }
  }

  async #behind(seq: number): Promise<readonly Entry[] | 'gone'> {
    const oldest = this.#ring[0];
    if (oldest !== undefined && oldest.seq <= seq + 1) {
      const start = seq + 1 - oldest.seq;
      return this.#ring.slice(start, start + READ_PAGE);
    }
    const entries = await this.#source.read(seq, READ_PAGE);
    return entries[0]?.seq === seq + 1 ? entries : 'gone';
  }

  /** Reads what the log has beyond the head by now; whoever asks meanwhile waits for the same reading. */
  #read(): Promise<void> {
    if (this.#reading === undefined) this.#reading = this.#readLog();
    else this.#again = true;
    return this.#reading;
  }

  async #readLog(): Promise<void> {
    try {
      do await this.#readToEnd();
      while (this.#toldOfMore());
    } catch (error) {
      const passing = error instanceof TaskwireError && error.passing;
      if (!passing) this.#failure = new Error('the log cannot be read', { cause: error });
      throw error;
    } finally {
      this.#reading = undefined;
      this.#changed();
    }
  }

  async #readToEnd(): Promise<void> {
    for (;;) {
      const page = await this.#source.read(this.seq, READ_PAGE);
      if (page.length === 0) return;
      if (page[0]?.seq === this.seq + 1) for (const entry of page) this.#apply(entry);
      else await this.#resumeAfterHole();
    }
  }

  async #resumeAfterHole(): Promise<void> {
    this.#goOnAfter(await this.#source.resumeAfterHole(this.seq));
  }

  #goOnAfter(seq: number): void {
    if (seq <= this.seq) return;
    this.#ring = [];
    this.#seq = seq;
  }

  /** Whether pub/sub brought something while the log was being read. */
  #toldOfMore(): boolean {
    const again = this.#again && !this.#closed;
    this.#again = false;
    return again;
  }

  #apply(entry: Entry): void {
    if (entry.seq !== this.seq + 1) throw new Error(`the log goes on with ${entry.seq} after ${this.seq}`);
    this.#source.apply(entry);
    this.#seq = entry.seq;
    this.#ring.push(entry);
    if (this.#ring.length > 2 * RING_SIZE) this.#ring = this.#ring.slice(-RING_SIZE);
  }

  #changed(): void {
    this.#version += 1;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** None if something else published the message, or another version: whoever wrote it is not here. */
  #entriesIn(message: string): readonly Entry[] {
    try {
      return this.#source.decode(message);
    } catch {
      return [];
    }
  }
}

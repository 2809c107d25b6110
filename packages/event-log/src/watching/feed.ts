import { TaskwireError } from '@taskwire/protocol';
import { READ_PAGE } from '../log/load-head.ts';
import { RECENT_ENTRIES, Recent, type Numbered } from './recent.ts';

/** Those who come back together stand so far apart at most, or else cost one more read. */
const STRAGGLERS = 128;
/** Pause (ms) before the log is read again after a read that failed. */
const CATCH_UP_RETRY_MS = 500;
/** Pause (ms) before a message that is not the log's own makes the log be read: whoever sends many costs few reads. */
const LOOK_AGAIN_MS = 20;

/** The log that a feed follows, and what is made of it. */
export interface FeedSource<Entry extends Numbered> {
  /** The seq after which the feed begins to read. */
  begin(): Promise<number>;
  /** At most `limit` entries after `afterSeq`, in order. The first may come later than `afterSeq + 1`: a hole. */
  read(afterSeq: number, limit: number): Promise<readonly Entry[]>;
  /** The entries of a message of the channel. @throws if the log did not publish it, as far as is known. */
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
  repairTail(seq: number, last: Entry | undefined): Promise<number>;
  /** Whether the log is known to end before `cursor`, rather than to be away. */
  endsBefore(cursor: number): Promise<boolean>;
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
  #recent: Recent<Entry>;
  #reading: Promise<void> | undefined;
  /** What pub/sub brought while the log was being read, and whether that was more than is kept. */
  #brought: Entry[] = [];
  #again = false;
  #failure: Error | undefined;
  /** How often the connection was lost, and whether what the log has since is known to continue what is known here. */
  #losses = 0;
  #isSuspended = false;
  #closed = false;
  #interruption: Error | undefined;
  #retry: NodeJS.Timeout | undefined;
  #look: NodeJS.Timeout | undefined;

  constructor(source: FeedSource<Entry>) {
    this.#source = source;
    this.#recent = this.#recentFrom(0);
  }

  /**
   * Reads where the log stands. The channel must be subscribed before: what is published meanwhile is not missed.
   * @param cursor of the first watcher: what it misses is read with the rest, for others who come back with it.
   */
  async open(cursor?: number): Promise<void> {
    const seq = await this.#source.begin();
    const isRecent = cursor !== undefined && cursor < seq + STRAGGLERS && seq - cursor <= RECENT_ENTRIES;
    this.#seq = seq;
    this.#recent = this.#recentFrom(seq);
    await this.#read(isRecent ? Math.max(0, Math.min(seq, cursor) - STRAGGLERS) : seq);
  }

  /** @throws the reason for which every watcher is being sent away, if there is one. */
  throwIfInterrupted(): void {
    if (this.#interruption !== undefined) throw this.#interruption;
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
  suspend(): void {
    this.#losses += 1;
    this.#isSuspended = true;
    this.#brought = [];
    this.#recent.isSuspended = true;
  }

  /** Takes a message of the channel. */
  receive(message: string): void {
    if (this.#isSuspended) return;
    const entries = this.#entriesIn(message);
    if (entries === undefined) return this.#lookAgain();
    if (this.#seq === undefined || this.#reading !== undefined) return this.#keepForLater(entries);
    for (const entry of entries) {
      if (entry.seq === this.seq + 1) this.#apply(entry);
      // Pub/sub may announce an entry after the feed has read it from the log.
      else if (!this.#recent.has(entry)) return this.#receiveOutOfOrder(entry);
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
      this.#goOnAfter(await this.#source.repairTail(this.seq, this.#recent.last));
      if (losses !== this.#losses) return;
      this.#isSuspended = false;
      this.#recent.isSuspended = false;
      await this.#read();
      // While in doubt, `after` put off watchers that are ahead of this feed. They ask again now.
      this.#changed();
    });
  }

  /**
   * Returns the entries after `seq`: at most `limit`, or a few more if the log keeps several in one; empty if there are
   * none yet. Returns `gone` if the log goes on after that cursor with another entry than its successor.
   * @throws Error if the log is unreadable.
   */
  async after(seq: number, limit = READ_PAGE): Promise<readonly Entry[] | 'gone'> {
    if (this.#failure !== undefined) throw this.#failure;
    if (seq < this.seq) return this.#recent.after(seq, limit);
    if (seq === this.seq || this.#isSuspended) return [];
    // A watcher may know more than pub/sub has brought here: from another process, say. The log knows best.
    await this.#readOrRetry();
    if (seq <= this.seq) return this.after(seq, limit);
    return (await this.#source.endsBefore(seq)) && seq > this.seq ? 'gone' : [];
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

  /** Takes nothing more. Whoever still watches is sent away with the reason, if there is one. */
  close(reason?: Error): void {
    this.#closed = true;
    this.#interruption ??= reason;
    clearTimeout(this.#retry);
    clearTimeout(this.#look);
    this.#changed();
  }

  /** An entry that is not the next one: something was missed, or the log has lost its end and counts again. */
  #receiveOutOfOrder(entry: Entry): void {
    if (entry.seq > this.seq) this.catchUp();
    else this.catchUpAfterLoss();
  }

  #keepForLater(entries: readonly Entry[]): void {
    if (this.#brought.length + entries.length > RECENT_ENTRIES) this.#again = true;
    else this.#brought.push(...entries);
  }

  #attend(work: () => Promise<void>): void {
    clearTimeout(this.#retry);
    if (this.#closed) return;
    work().catch(() => this.#attendLater());
  }

  /** Whatever failed, a log that is in doubt must be compared first. */
  #attendLater(): void {
    clearTimeout(this.#retry);
    if (this.#closed || this.#failure !== undefined) return;
    this.#retry = setTimeout(() => (this.#isSuspended ? this.catchUpAfterLoss() : this.catchUp()), CATCH_UP_RETRY_MS);
  }

  /** What came by pub/sub during a read that failed has been passed over, and concerns all watchers: it is made good. */
  async #readOrRetry(): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      this.#attendLater();
      throw error;
    }
  }

  /** Reads what the log has beyond the head by now; whoever asks meanwhile waits for the same reading. */
  #read(from = this.seq): Promise<void> {
    if (this.#reading === undefined) this.#reading = this.#readLog(from);
    else this.#again = true;
    return this.#reading;
  }

  async #readLog(from: number): Promise<void> {
    const before = this.#seq;
    try {
      await this.#readToEnd(from);
      while (this.#toldOfMore()) await this.#readToEnd(this.seq);
    } catch (error) {
      const isRetryable = error instanceof TaskwireError && error.isRetryable;
      if (!isRetryable) this.#failure = new Error('the log cannot be read', { cause: error });
      throw error;
    } finally {
      this.#reading = undefined;
      // Those who ask for what is not there yet must not be woken by having asked.
      if (this.#seq !== before || this.#failure !== undefined) this.#changed();
    }
  }

  /** Reads on from the head; at first also what comes after `from`, before the head. */
  async #readToEnd(from: number): Promise<void> {
    for (let known = from; ; known = this.seq) {
      const limit = this.seq - known + READ_PAGE;
      const page = await this.#source.read(known, limit);
      this.#recent.pushBefore(page.filter(({ seq }) => seq <= this.seq));
      const news = page.filter(({ seq }) => seq > this.seq);
      if (news[0] !== undefined && news[0].seq !== this.seq + 1) await this.#resumeAfterHole();
      else for (const entry of news) this.#apply(entry);
      // Whatever is written after this was read is announced.
      if (page.length < limit && (news.length === 0 || news.at(-1)?.seq === this.seq)) return;
    }
  }

  async #resumeAfterHole(): Promise<void> {
    this.#goOnAfter(await this.#source.resumeAfterHole(this.seq));
  }

  #goOnAfter(seq: number): void {
    if (seq <= this.seq) return;
    this.#recent.leap(seq);
    this.#seq = seq;
    this.#changed();
  }

  /**
   * Takes what pub/sub brought while the log was being read, most of which has been read by then.
   * @returns whether the log must be read again: something is missing.
   */
  #toldOfMore(): boolean {
    const brought = this.#brought;
    const again = this.#again;
    this.#brought = [];
    this.#again = false;
    if (this.#closed) return false;
    for (const entry of brought) {
      if (entry.seq === this.seq + 1) this.#apply(entry);
      else if (entry.seq > this.seq) return true;
    }
    return again;
  }

  #apply(entry: Entry): void {
    if (entry.seq !== this.seq + 1) throw new Error(`the log goes on with ${entry.seq} after ${this.seq}`);
    this.#source.apply(entry);
    this.#seq = entry.seq;
    this.#recent.push(entry);
  }

  #recentFrom(seq: number): Recent<Entry> {
    return new Recent(seq, (afterSeq, limit) => this.#source.read(afterSeq, limit));
  }

  #changed(): void {
    this.#version += 1;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Another version, or another hand, published the message: only the log says what there is. */
  #lookAgain(): void {
    if (this.#closed) return;
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      // A feed that is being opened reads the log anyway.
      if (this.#seq !== undefined) this.catchUp();
    }, LOOK_AGAIN_MS);
  }

  /** Undefined if the log did not publish the message, or in a form that this version does not know. */
  #entriesIn(message: string): readonly Entry[] | undefined {
    try {
      return this.#source.decode(message);
    } catch {
      return undefined;
    }
  }
}

import { ChangeSignal, TaskwireError } from '@taskwire/protocol';
import { READ_PAGE } from '../../log/load-head.ts';
import { DelayedCall } from './delayed-call.ts';
import { EarlierEntries } from './earlier-entries.ts';
import { AnnouncedEntries, type FeedMode, type Opening, type Reading, type Suspended } from './feed-mode.ts';
import type { FeedSource } from './feed-source.ts';
import { RECENT_ENTRIES, RecentEntries, type Numbered } from './recent-entries.ts';

/** Extra entries that the opening read loads before the first cursor, for watchers that come back together. */
const SHARED_READ_MARGIN = 128;
/** Pause (ms) after a failed read or comparison. */
const RETRY_MS = 500;
/** Delay (ms) of the read that a message without the log's signature causes. Many messages cause few reads. */
const UNSIGNED_READ_DELAY_MS = 20;

/**
 * One watched log in this process: its last seq, its recent entries, and a signal for watchers that wait for more.
 *
 * Pub/sub is only the fast path (MUST 5). A live feed applies the next entry, and ignores an entry that it knows. If entries
 * are missing before a received one, it reads the log. If a received entry differs from the known one, it compares the log.
 *
 * | Mode      | The feed …                                             | A message of the channel is …          |
 * |-----------|--------------------------------------------------------|----------------------------------------|
 * | opening   | loads the state, then reads the log to its end         | kept; dropped after a lost connection  |
 * | live      | knows the log up to `seq`                              | applied                                |
 * | reading   | reads the log from `seq` to its end                    | kept                                   |
 * | suspended | knows entries from which the log may differ by now     | dropped                                |
 * | failed    | cannot read the log: `after` throws                    | dropped                                |
 * | closed    | follows nothing: watchers end with the reason          | dropped                                |
 *
 * - opening → live: the log has been read to its end.
 * - opening → suspended: the same, but the connection was lost meanwhile.
 * - live → reading: an entry is missing, a message is not signed, a watcher is ahead of `seq`, or a retry is due.
 * - reading → live: the log has been read to its end; or the read failed, and a retry follows.
 * - reading → failed: the log cannot be read, and a retry does not help.
 * - live, reading → suspended: the connection was lost (`suspend`), or is back (`resumeAfterLoss`).
 * - live → suspended: a received entry at or before `seq` differs from the recent one, or is no longer recent. The log may
 *   have lost its end and count again.
 * - suspended → reading: the log has been compared, and its lost end restored. A failed comparison is retried.
 * - any → closed: `close`.
 *
 * Each read and comparison belongs to the mode object that began it. If the mode has changed since, the entries that were
 * read are dropped. A later seq of the source is always applied: its state may be there already.
 */
export class Feed<Entry extends Numbered> {
  readonly #source: FeedSource<Entry>;
  readonly #recent = new RecentEntries<Entry>();
  readonly #earlier: EarlierEntries<Entry>;
  readonly #changes = new ChangeSignal();
  readonly #retry = new DelayedCall(RETRY_MS, () => {
    if (this.#mode.name === 'suspended') this.resumeAfterLoss();
    else this.#readMissing();
  });
  readonly #delayedRead = new DelayedCall(UNSIGNED_READ_DELAY_MS, () => this.#readMissing());
  #mode: FeedMode<Entry> = { name: 'opening', announced: new AnnouncedEntries() };

  constructor(source: FeedSource<Entry>) {
    this.#source = source;
    this.#earlier = new EarlierEntries(this.#recent, (afterSeq, limit) => source.read(afterSeq, limit));
  }

  /**
   * Reads the log to its end. The channel must be subscribed before, so that no message is missed meanwhile.
   * @param cursor of the first watcher. The same read loads the entries that it, and others near it, missed.
   * @throws what the source throws; the reason of a `close` before the end.
   */
  async open(cursor?: number): Promise<void> {
    this.throwIfClosed();
    const opening = this.#mode;
    if (opening.name !== 'opening') throw new Error('a feed is opened once');
    const seq = await this.#source.begin();
    this.#recent.leap(seq);
    const isRecent = cursor !== undefined && cursor < seq + SHARED_READ_MARGIN && seq - cursor <= RECENT_ENTRIES;
    await this.#readLog(opening, isRecent ? Math.max(0, Math.min(seq, cursor) - SHARED_READ_MARGIN) : seq);
    this.throwIfClosed();
  }

  /** @throws the reason with which the feed was closed, if there is one. */
  throwIfClosed(): void {
    if (this.#mode.name === 'closed' && this.#mode.reason !== undefined) throw this.#mode.reason;
  }

  /** The last seq known here. Only after `open`. */
  get seq(): number {
    return this.#recent.lastSeq;
  }

  /** Grows with each change that a watcher may want to see. */
  get version(): number {
    return this.#changes.version;
  }

  /** Resolves at a version other than `version`, or when `signal` aborts. */
  changed(version: number, signal: AbortSignal): Promise<void> {
    return this.#changes.changed(version, signal);
  }

  /** The connection was lost. */
  suspend(): void {
    const mode = this.#mode;
    if (mode.name === 'opening') mode.announced = undefined;
    else if (this.#isFollowing()) this.#enter({ name: 'suspended' });
  }

  /** The connection is back, perhaps to a Redis that has lost the log's end: compares the log, then reads on. */
  resumeAfterLoss(): void {
    if (!this.#isFollowing()) return;
    const suspended: Suspended = { name: 'suspended' };
    this.#enter(suspended);
    this.#compare(suspended).catch(() => {
      if (this.#mode === suspended) this.#retry.start();
    });
  }

  /** Handles a message of the channel. */
  receive(message: string): void {
    const mode = this.#mode;
    const isListening = mode.name === 'live' || mode.name === 'reading' || mode.name === 'opening';
    if (!isListening) return;
    const entries = this.#decode(message);
    if (entries === undefined) this.#delayedRead.start();
    else if (mode.name === 'live') this.#applyReceived(entries);
    else mode.announced?.add(entries);
  }

  /**
   * The entries after `seq`: at most `limit`, or a few more if the log keeps several in one. Empty if there are none yet, or
   * if a suspended or closed feed does not know them. `gone` if the log no longer has entry `seq + 1`, or ends before `seq`.
   * @throws Error if the log is unreadable; the error of a read.
   */
  async after(seq: number, limit = READ_PAGE): Promise<readonly Entry[] | 'gone'> {
    if (this.#mode.name === 'failed') throw this.#mode.failure;
    if (seq < this.seq) return this.#earlier.after(seq, limit);
    if (seq === this.seq || !this.#canRead()) return [];
    // A watcher may know more than pub/sub has brought here, from another process for example. The log decides.
    await this.#read();
    if (seq <= this.seq) return this.after(seq, limit);
    if (!this.#canRead()) return [];
    return (await this.#source.endsBefore(seq)) && seq > this.seq ? 'gone' : [];
  }

  /** Ends the feed, and all watching of it with the reason, if there is one. */
  close(reason?: Error): void {
    this.#enter({ name: 'closed', reason: this.#mode.name === 'closed' ? (this.#mode.reason ?? reason) : reason });
    this.#delayedRead.cancel();
    this.#changes.emit();
  }

  #enter(mode: FeedMode<Entry>): void {
    this.#mode = mode;
    this.#retry.cancel();
    if (mode.name === 'suspended') this.#recent.suspend();
    else this.#recent.resume();
  }

  #canRead(): boolean {
    return this.#mode.name === 'live' || this.#mode.name === 'reading';
  }

  #isFollowing(): boolean {
    return this.#canRead() || this.#mode.name === 'suspended';
  }

  /** Reads the entries that pub/sub has not brought. */
  #readMissing(): void {
    if (this.#mode.name === 'opening') this.#mode.announced?.markIncomplete();
    else if (this.#canRead()) this.#read().catch(() => undefined);
  }

  async #compare(suspended: Suspended): Promise<void> {
    // The source has moved its state to this seq already, whatever the mode is by now.
    this.#leapTo(await this.#source.repairTail(this.seq, this.#recent.last));
    if (this.#mode !== suspended) return;
    const done = this.#read();
    // Watchers that are ahead of the feed got nothing in the meantime. They ask again now.
    this.#changes.emit();
    await done;
  }

  /** Applies entries that are received while the feed is live. */
  #applyReceived(entries: readonly Entry[]): void {
    const before = this.seq;
    const outOfOrder = entries.find((entry) => !this.#applyNext(entry));
    if (this.seq !== before) this.#changes.emit();
    if (outOfOrder === undefined) return;
    if (outOfOrder.seq > this.seq) this.#readMissing();
    else this.resumeAfterLoss();
  }

  /** Applies the next entry. A known one is ignored: a read may be faster than pub/sub. @returns false for any other. */
  #applyNext(entry: Entry): boolean {
    if (entry.seq !== this.seq + 1) return this.#recent.has(entry);
    this.#apply(entry);
    return true;
  }

  /** Reads the log after `seq`. Callers during a read share it; it then reads once more. */
  #read(): Promise<void> {
    if (this.#mode.name === 'reading') {
      this.#mode.announced.markIncomplete();
      return this.#mode.done;
    }
    const reading: Reading<Entry> = { name: 'reading', announced: new AnnouncedEntries(), done: Promise.resolve() };
    this.#enter(reading);
    reading.done = this.#readNew(reading);
    return reading.done;
  }

  async #readNew(reading: Reading<Entry>): Promise<void> {
    const before = this.seq;
    try {
      await this.#readLog(reading, before);
    } catch (error) {
      if (this.#mode === reading) this.#recover(error);
      throw error;
    } finally {
      // A read that finds nothing wakes no waiter.
      if (this.seq !== before) this.#changes.emit();
    }
  }

  #recover(error: unknown): void {
    if (error instanceof TaskwireError && error.isRetryable) {
      this.#enter({ name: 'live' });
      this.#retry.start();
    } else {
      this.#enter({ name: 'failed', failure: new Error('the log cannot be read', { cause: error }) });
      this.#changes.emit();
    }
  }

  /** Reads to the end of the log, and ends the mode at once: a watcher that asks after the last read begins a new one. */
  async #readLog(mode: Opening<Entry> | Reading<Entry>, afterSeq: number): Promise<void> {
    await this.#readToEnd(mode, afterSeq);
    while (this.#mode === mode && this.#applyAnnounced(mode)) await this.#readToEnd(mode, this.seq);
    if (this.#mode === mode) this.#enter({ name: mode.announced === undefined ? 'suspended' : 'live' });
  }

  /** Reads the entries after `seq` to the end of the log; at first also those between `afterSeq` and `seq`. */
  async #readToEnd(mode: Opening<Entry> | Reading<Entry>, afterSeq: number): Promise<void> {
    for (let readAfter = afterSeq; ; readAfter = this.seq) {
      const limit = this.seq - readAfter + READ_PAGE;
      const page = await this.#source.read(readAfter, limit);
      if (this.#mode !== mode) return;
      this.#recent.pushBefore(page.filter(({ seq }) => seq <= this.seq));
      const news = page.filter(({ seq }) => seq > this.seq);
      if (news[0] !== undefined && news[0].seq !== this.seq + 1) {
        this.#leapTo(await this.#source.resumeAfterHole(this.seq));
      } else for (const entry of news) this.#apply(entry);
      // Entries that are written after this read are announced.
      if (page.length < limit && (news.length === 0 || news.at(-1)?.seq === this.seq)) return;
    }
  }

  /** Applies the entries that were announced during a read. @returns whether the log must be read again. */
  #applyAnnounced({ announced }: Opening<Entry> | Reading<Entry>): boolean {
    const { entries, isIncomplete } = announced?.drain() ?? { entries: [], isIncomplete: false };
    for (const entry of entries) {
      if (entry.seq === this.seq + 1) this.#apply(entry);
      else if (entry.seq > this.seq) return true;
    }
    return isIncomplete;
  }

  #apply(entry: Entry): void {
    this.#recent.push(entry);
    this.#source.apply(entry);
  }

  #leapTo(seq: number): void {
    if (seq <= this.seq) return;
    this.#recent.leap(seq);
    this.#changes.emit();
  }

  /** Undefined if the log did not publish the message, or in a form that this version does not know. */
  #decode(message: string): readonly Entry[] | undefined {
    try {
      return this.#source.decode(message);
    } catch {
      return undefined;
    }
  }
}

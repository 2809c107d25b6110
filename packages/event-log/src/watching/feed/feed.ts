import { ChangeSignal, TaskwireError } from '@taskwire/protocol';
import { READ_PAGE } from '../../log/load-head.ts';
import { DelayedCall } from './delayed-call.ts';
import { EarlierEntries } from './earlier-entries.ts';
import { AnnouncedEntries, type FeedMode, type Opening, type Reading, type Suspended } from './feed-mode.ts';
import type { FeedSource } from './feed-source.ts';
import { RECENT_ENTRIES, RecentEntries, type Numbered } from './recent-entries.ts';

/** Largest distance (entries) between the cursors of watchers that come back together and share one read. */
const STRAGGLERS = 128;
/** Pause (ms) after a failed read or comparison. */
const RETRY_MS = 500;
/** Pause (ms) between a message that the log did not sign and the read that it causes. Many messages cause few reads. */
const LOOK_AGAIN_MS = 20;

/**
 * One watched log in this process: its head, its recent entries, and a signal for watchers that wait for more.
 *
 * Pub/sub is only the fast path (MUST 5). An entry that does not continue the head makes the feed read the log.
 *
 * | Mode      | The feed …                                             | A message of the channel is …          |
 * |-----------|--------------------------------------------------------|----------------------------------------|
 * | opening   | loads the state, then reads the log to its end         | kept; dropped after a lost connection  |
 * | live      | knows the log up to its head                           | applied                                |
 * | reading   | reads the log from the head to its end                 | kept                                   |
 * | suspended | knows entries from which the log may differ by now     | dropped                                |
 * | failed    | cannot read the log: `after` throws                    | dropped                                |
 * | closed    | follows nothing: watchers end with the reason          | dropped                                |
 *
 * - opening → live: the log has been read to its end.
 * - opening → suspended: the same, but the connection was lost meanwhile.
 * - live → reading: an entry is missing, a message is not signed, a watcher is ahead of the head, or a retry is due.
 * - reading → live: the log has been read to its end. If Redis is away, a retry follows.
 * - reading → failed: the log cannot be read, and a retry does not help.
 * - live, reading → suspended: the connection was lost (`suspend`), or is back (`catchUpAfterLoss`).
 * - live → suspended: another entry has the seq of a known one. The log has lost its end and counts again.
 * - suspended → reading: the log has been compared, and its lost end restored. A failed comparison is retried.
 * - any → closed: `close`.
 *
 * Each read and comparison belongs to the mode object that began it. Its result is dropped if the mode has changed since.
 */
export class Feed<Entry extends Numbered> {
  readonly #source: FeedSource<Entry>;
  readonly #recent = new RecentEntries<Entry>();
  readonly #earlier: EarlierEntries<Entry>;
  readonly #changes = new ChangeSignal();
  readonly #retry = new DelayedCall(RETRY_MS, () => this.#tryAgain());
  readonly #lookAgain = new DelayedCall(LOOK_AGAIN_MS, () => this.#catchUp());
  #mode: FeedMode<Entry> = { name: 'opening', announced: new AnnouncedEntries() };

  constructor(source: FeedSource<Entry>) {
    this.#source = source;
    this.#earlier = new EarlierEntries(this.#recent, (afterSeq, limit) => source.read(afterSeq, limit));
  }

  /**
   * Reads the log to its end. The channel must be subscribed before, so that no message is missed meanwhile.
   * @param cursor of the first watcher: the same read brings what it misses, for others that come back with it.
   * @throws what the source throws; the reason of a `close` meanwhile.
   */
  async open(cursor?: number): Promise<void> {
    const opening = this.#mode;
    if (opening.name !== 'opening') throw new Error('a feed is opened once');
    const seq = await this.#source.begin();
    this.#recent.leap(seq);
    const isRecent = cursor !== undefined && cursor < seq + STRAGGLERS && seq - cursor <= RECENT_ENTRIES;
    await this.#readLog(opening, isRecent ? Math.max(0, Math.min(seq, cursor) - STRAGGLERS) : seq);
    this.throwIfInterrupted();
    if (this.#mode === opening) this.#enter({ name: opening.announced === undefined ? 'suspended' : 'live' });
  }

  /** @throws the reason with which the feed was closed, if there is one. */
  throwIfInterrupted(): void {
    if (this.#mode.name === 'closed' && this.#mode.reason !== undefined) throw this.#mode.reason;
  }

  /** The last seq known here. Only after `open`. */
  get seq(): number {
    return this.#recent.head;
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
  catchUpAfterLoss(): void {
    if (!this.#isFollowing()) return;
    const suspended: Suspended = { name: 'suspended' };
    this.#enter(suspended);
    this.#compare(suspended).catch(() => {
      if (this.#mode === suspended) this.#retry.start();
    });
  }

  /** Takes a message of the channel. */
  receive(message: string): void {
    const mode = this.#mode;
    const takes = mode.name === 'live' || mode.name === 'reading' || mode.name === 'opening';
    if (!takes) return;
    const entries = this.#decode(message);
    if (entries === undefined) this.#lookAgain.start();
    else if (mode.name === 'live') this.#take(entries);
    else mode.announced?.add(entries);
  }

  /**
   * The entries after `seq`: at most `limit`, or a few more if the log keeps several in one; empty if there are none yet.
   * `gone` if the log has another entry than the next one after that cursor, or ends before it.
   * @throws Error if the log is unreadable.
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
    this.#lookAgain.cancel();
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

  #tryAgain(): void {
    if (this.#mode.name === 'suspended') this.catchUpAfterLoss();
    else this.#catchUp();
  }

  /** Reads what pub/sub has not brought. */
  #catchUp(): void {
    if (this.#mode.name === 'opening') this.#mode.announced?.markIncomplete();
    else if (this.#canRead()) this.#read().catch(() => undefined);
  }

  async #compare(suspended: Suspended): Promise<void> {
    // The source has moved its state to this seq already, whatever the mode is by now.
    this.#goOnAfter(await this.#source.repairTail(this.seq, this.#recent.last));
    if (this.#mode !== suspended) return;
    const done = this.#read();
    // Watchers that are ahead of the feed got nothing in the meantime. They ask again now.
    this.#changes.emit();
    await done;
  }

  /** Takes entries as they arrive. */
  #take(entries: readonly Entry[]): void {
    const before = this.seq;
    const outOfOrder = entries.find((entry) => !this.#takeNext(entry));
    if (this.seq !== before) this.#changes.emit();
    if (outOfOrder === undefined) return;
    if (outOfOrder.seq > this.seq) this.#catchUp();
    else this.catchUpAfterLoss();
  }

  /** @returns false for an entry that is neither the next one nor known: a read may be faster than pub/sub. */
  #takeNext(entry: Entry): boolean {
    if (entry.seq !== this.seq + 1) return this.#recent.has(entry);
    this.#apply(entry);
    return true;
  }

  /** Reads the log beyond the head. Callers during a read share it; it then reads once more. */
  #read(): Promise<void> {
    if (this.#mode.name === 'reading') {
      this.#mode.announced.markIncomplete();
      return this.#mode.done;
    }
    const reading: Reading<Entry> = { name: 'reading', announced: new AnnouncedEntries(), done: Promise.resolve() };
    this.#enter(reading);
    reading.done = this.#readBeyondHead(reading);
    return reading.done;
  }

  async #readBeyondHead(reading: Reading<Entry>): Promise<void> {
    const before = this.seq;
    try {
      await this.#readLog(reading, before);
      if (this.#mode === reading) this.#enter({ name: 'live' });
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

  async #readLog(mode: Opening<Entry> | Reading<Entry>, from: number): Promise<void> {
    await this.#readToEnd(mode, from);
    while (this.#mode === mode && this.#isEntryMissing(mode)) await this.#readToEnd(mode, this.seq);
  }

  /** Reads on from the head; at first also the entries between `from` and the head. */
  async #readToEnd(mode: Opening<Entry> | Reading<Entry>, from: number): Promise<void> {
    for (let known = from; ; known = this.seq) {
      const limit = this.seq - known + READ_PAGE;
      const page = await this.#source.read(known, limit);
      if (this.#mode !== mode) return;
      this.#recent.pushBefore(page.filter(({ seq }) => seq <= this.seq));
      const news = page.filter(({ seq }) => seq > this.seq);
      if (news[0] !== undefined && news[0].seq !== this.seq + 1) {
        this.#goOnAfter(await this.#source.resumeAfterHole(this.seq));
      } else for (const entry of news) this.#apply(entry);
      // Entries that are written after this read are announced.
      if (page.length < limit && (news.length === 0 || news.at(-1)?.seq === this.seq)) return;
    }
  }

  /** Applies the entries that were announced during a read. @returns whether the log must be read again. */
  #isEntryMissing({ announced }: Opening<Entry> | Reading<Entry>): boolean {
    const { entries, isIncomplete } = announced?.take() ?? { entries: [], isIncomplete: false };
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

  #goOnAfter(seq: number): void {
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

import { TaskwireError, advance, isTerminalStatus, type TaskEvent, type TaskSnapshot } from '@taskwire/protocol';
import { decodeMessage } from './entry.ts';
import type { TaskAddress } from './keys.ts';
import { READ_PAGE, loadBase, readAfter, type LoadSnapshot } from './load-head.ts';
import type { TaskLog } from './task-log.ts';

/** Recent events kept in memory for the watchers of one task; whoever is further behind reads the log. */
const RING_SIZE = 1_024;
/** Pause (ms) before the log is read again after a read that failed. */
const CATCH_UP_RETRY_MS = 500;

/** What comes after a cursor: events; nothing yet; or a snapshot, because the events right after it are gone. */
export type Continuation = { events: readonly TaskEvent[] } | { snapshot: TaskSnapshot };

/**
 * One watched task in this process: its state at the head of the log, the latest events, and who waits for more.
 *
 * It is `open`ed once (the log is read from the persisted snapshot on). From then on events come by pub/sub, which is
 * only the fast path (MUST 5): whatever does not fit right behind the head makes it read the log instead, and so does
 * a subscriber connection that was lost and came back (`catchUp`). It ends with the task (nothing comes after a
 * terminal event) or when it is `close`d.
 */
export class Feed {
  readonly task: TaskAddress;
  readonly #log: TaskLog;
  readonly #loadSnapshot: LoadSnapshot;
  readonly #waiting = new Set<() => void>();
  #base: TaskSnapshot | undefined;
  #head: TaskSnapshot | undefined;
  #ring: TaskEvent[] = [];
  #reading: Promise<void> | undefined;
  #again = false;
  #failure: Error | undefined;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(task: TaskAddress, log: TaskLog, loadSnapshot: LoadSnapshot) {
    this.task = task;
    this.#log = log;
    this.#loadSnapshot = loadSnapshot;
  }

  /** Reads where the log stands. The channel must be subscribed before: what is published meanwhile is not missed. */
  async open(): Promise<void> {
    this.#base = await loadBase(this.task, this.#loadSnapshot);
    this.#head = this.#base;
    await this.#read();
  }

  /** The state at the last event known here. Only after `open`. */
  get head(): TaskSnapshot {
    if (this.#head === undefined) throw new Error('a feed has no head before it is open');
    return this.#head;
  }

  get ended(): boolean {
    return isTerminalStatus(this.head.state.status);
  }

  /** Takes a message of the channel. */
  receive(message: string): void {
    if (this.#head === undefined || this.#reading !== undefined) {
      this.#again = true;
      return;
    }
    for (const event of eventsIn(message)) {
      if (event.seq > this.head.seq + 1) {
        this.catchUp();
        return;
      }
      if (event.seq === this.head.seq + 1) this.#apply(event);
    }
    this.#wakeAll();
  }

  /** Reads from the log what pub/sub may have lost; while Redis is away, until it succeeds. */
  catchUp(): void {
    if (this.#reading !== undefined) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#retry);
    this.#read().catch(() => {
      if (this.#closed || this.#failure !== undefined) return;
      this.#retry = setTimeout(() => this.catchUp(), CATCH_UP_RETRY_MS);
    });
  }

  /** What comes after `seq`, at most a page. No events means: nothing yet. @throws Error if the log is unreadable. */
  async after(seq: number): Promise<Continuation> {
    if (this.#failure !== undefined) throw this.#failure;
    return seq < this.head.seq ? this.#behind(seq) : this.#atHead(seq);
  }

  /** Whether there is nothing to tell to a watcher that has everything up to `seq`. */
  isAt(seq: number): boolean {
    return this.head.seq === seq && this.#failure === undefined;
  }

  async #atHead(seq: number): Promise<Continuation> {
    // A watcher may know more than pub/sub has brought here: from another process, say. The log knows best.
    if (seq > this.head.seq) await this.#read();
    if (seq > this.head.seq) return { snapshot: this.head };
    return { events: [] };
  }

  async #behind(seq: number): Promise<Continuation> {
    const oldest = this.#ring[0];
    if (oldest !== undefined && oldest.seq <= seq + 1) {
      const start = seq + 1 - oldest.seq;
      return { events: this.#ring.slice(start, start + READ_PAGE) };
    }
    const events = await this.#log.read(this.task, seq, READ_PAGE);
    if (events[0]?.seq === seq + 1) return { events };
    return { snapshot: this.#base !== undefined && this.#base.seq > seq ? this.#base : this.head };
  }

  /** Calls `wake` once, at the next change. @returns a function that takes this back. */
  onChange(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#wakeAll();
  }

  /** Reads what the log has beyond the head by now; whoever asks meanwhile waits for the same reading. */
  #read(): Promise<void> {
    if (this.#reading === undefined) this.#reading = this.#readLog();
    else this.#again = true;
    return this.#reading;
  }

  async #readLog(): Promise<void> {
    try {
      do {
        for await (const page of readAfter(this.#log, this.task, this.head.seq)) {
          for (const event of page) this.#apply(event);
        }
      } while (this.#toldOfMore());
    } catch (error) {
      const passing = error instanceof TaskwireError && error.passing;
      if (!passing) this.#failure = new Error('the log cannot be read', { cause: error });
      throw error;
    } finally {
      this.#reading = undefined;
      this.#wakeAll();
    }
  }

  /** Whether pub/sub brought something while the log was being read. */
  #toldOfMore(): boolean {
    const again = this.#again && !this.#closed;
    this.#again = false;
    return again;
  }

  #apply(event: TaskEvent): void {
    this.#head = advance(this.head, event);
    this.#ring.push(event);
    if (this.#ring.length > 2 * RING_SIZE) this.#ring = this.#ring.slice(-RING_SIZE);
  }

  #wakeAll(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

/** The events of a message; none if something else published it, or another version: whoever wrote it is not here. */
function eventsIn(message: string): TaskEvent[] {
  try {
    return decodeMessage(message);
  } catch {
    return [];
  }
}

/** Number of streams that are woken at a time when their user has room again. */
const WOKEN_AT_ONCE = 4;

/** Counts the bytes that wait in this process for all streams of one user, and wakes streams that wait for room. */
export class UserByteCount {
  readonly #mostBytes: number;
  /** Callbacks of the streams that wait, the longest wait first. */
  readonly #blocked = new Set<() => void>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Whether one more message may wait. */
  get isWritable(): boolean {
    return this.#bytes < this.#mostBytes;
  }

  /** Whether a stream waits for room that the user's other streams take up. */
  get hasBlockedStreams(): boolean {
    return this.#blocked.size > 0;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }

  remove(bytes: number): void {
    this.#bytes -= bytes;
    this.wake();
  }

  /** Wakes streams that wait, if there is room. */
  wake(): void {
    if (!this.isWritable) return;
    let turns = WOKEN_AT_ONCE;
    for (const callback of this.#blocked) {
      if (turns === 0) return;
      turns -= 1;
      this.#blocked.delete(callback);
      callback();
    }
  }

  /** Calls back once when there may be room. Another stream may be faster. `unblock` ends the wait. */
  block(callback: () => void): void {
    this.#blocked.add(callback);
  }

  /** A stream that waits no more must take no turn of another one. */
  unblock(callback: () => void): void {
    this.#blocked.delete(callback);
  }
}

/** The counts of all users with open streams. */
export class UserByteCounts {
  readonly #mostBytes: number;
  readonly #open = new Map<string, { userBytes: UserByteCount; streams: number }>();

  /** @param mostBytes most bytes that may wait for one user. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The count for one more stream of a user. `close` must be called once. */
  open(userId: string): { userBytes: UserByteCount; close: () => void } {
    const entry = this.#open.get(userId) ?? { userBytes: new UserByteCount(this.#mostBytes), streams: 0 };
    entry.streams += 1;
    this.#open.set(userId, entry);
    const close = () => {
      entry.streams -= 1;
      if (entry.streams === 0) this.#open.delete(userId);
    };
    return { userBytes: entry.userBytes, close };
  }
}

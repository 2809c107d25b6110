/** Number of streams that are woken at a time when their user has room again. */
const WOKEN_AT_ONCE = 4;

/** Counts the bytes that wait in this process for all streams of one user. */
export class UserBuffer {
  readonly #mostBytes: number;
  #bytes = 0;
  #blocked: (() => void)[] = [];

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Whether one more message may wait. */
  get isWritable(): boolean {
    return this.#bytes < this.#mostBytes;
  }

  /** Whether a stream waits for room that the user's other streams take up. */
  get isBlocking(): boolean {
    return this.#blocked.length > 0;
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
    for (const wake of this.#blocked.splice(0, WOKEN_AT_ONCE)) wake();
  }

  /** Resolves when there may be room. Another stream may be faster. */
  changed(): Promise<void> {
    return new Promise((resolve) => void this.#blocked.push(resolve));
  }
}

/** The buffers of all users with open streams. */
export class UserBuffers {
  readonly #mostBytes: number;
  readonly #open = new Map<string, { buffer: UserBuffer; streams: number }>();

  /** @param mostBytes most bytes that may wait for one user. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The buffer for one more stream of a user. `close` must be called once. */
  open(userId: string): { buffer: UserBuffer; close: () => void } {
    const entry = this.#open.get(userId) ?? { buffer: new UserBuffer(this.#mostBytes), streams: 0 };
    entry.streams += 1;
    this.#open.set(userId, entry);
    const close = () => {
      entry.streams -= 1;
      if (entry.streams === 0) this.#open.delete(userId);
    };
    return { buffer: entry.buffer, close };
  }
}

/** Number of streams woken at a time, of those that wait for other streams of their user. */
const WOKEN_AT_ONCE = 4;

/** Bytes that wait in this process for all streams of one user. */
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

  /** Whether any of the streams waits for the others. */
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

  /** Lets streams look again whether there is room. */
  wake(): void {
    if (!this.isWritable) return;
    for (const wake of this.#blocked.splice(0, WOKEN_AT_ONCE)) wake();
  }

  /** Resolves once there may be room: another stream may have taken it by then. */
  changed(): Promise<void> {
    return new Promise((resolve) => void this.#blocked.push(resolve));
  }
}

/** The buffers of all users that have a stream open. */
export class UserBuffers {
  readonly #mostBytes: number;
  readonly #open = new Map<string, { buffer: UserBuffer; streams: number }>();

  /** @param mostBytes that may wait for one user. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The buffer for one more stream of a user, and what gives it back; to be called once. */
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

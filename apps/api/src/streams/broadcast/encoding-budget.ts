/** Something that was encoded, for as long as it is remembered. */
export interface Remembered<Encoded> {
  encoded: Encoded | undefined;
}

/** The most bytes of encodings that are remembered, over all broadcasts. */
const MOST_BYTES = 64 * 1_024 * 1_024;

/** Fewest forgotten places at the front of the queue that are worth moving the others for. */
const LEAST_FORGOTTEN = 1_024;

interface Place {
  remembered: Remembered<unknown>;
  bytes: number;
}

/**
 * Bounds the memory of encodings. It remembers the latest; a watcher that needs an older one encodes it again. A connection
 * keeps the bytes that it has yet to send, apart from this bound.
 */
export class EncodingBudget {
  readonly #mostBytes: number;
  /** Oldest first. Not a Map: reading its first entry costs as much as the entries deleted before it. */
  #queue: Place[] = [];
  /** Index of the oldest that is remembered. */
  #head = 0;
  #bytes = 0;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /** Bytes that are remembered now. */
  get bytes(): number {
    return this.#bytes;
  }

  remember<Encoded>(encoded: Encoded, bytes: number): Remembered<Encoded> {
    const remembered: Remembered<Encoded> = { encoded };
    this.#queue.push({ remembered, bytes });
    this.#bytes += bytes;
    while (this.#bytes > this.#mostBytes) this.#forgetOldest();
    return remembered;
  }

  #forgetOldest(): void {
    const oldest = this.#queue[this.#head];
    if (oldest === undefined) return;
    oldest.remembered.encoded = undefined;
    this.#bytes -= oldest.bytes;
    this.#head += 1;
    if (this.#head < LEAST_FORGOTTEN || 2 * this.#head < this.#queue.length) return;
    this.#queue = this.#queue.slice(this.#head);
    this.#head = 0;
  }
}

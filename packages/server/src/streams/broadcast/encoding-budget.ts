/** An encoding; undefined after the budget has dropped it. */
export interface Remembered<Encoded> {
  encoded: Encoded | undefined;
}

/** Most bytes of remembered encodings, over all broadcasts. */
const MOST_BYTES = 64 * 1_024 * 1_024;

/** Number of dropped places at the front of the queue from which on it is copied without them. */
const LEAST_FORGOTTEN = 1_024;

interface Place {
  remembered: Remembered<unknown>;
  bytes: number;
}

/**
 * Bounds the memory of encodings: it remembers the latest ones. A connection that needs an older one encodes it again.
 * Bytes that wait for a client are not part of this bound.
 */
export class EncodingBudget {
  readonly #mostBytes: number;
  /** Oldest first. Not a Map: reading its first entry costs as much as the entries deleted before it. */
  #queue: Place[] = [];
  /** Index of the oldest remembered place. */
  #head = 0;
  #bytes = 0;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /** Bytes of the remembered encodings. */
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

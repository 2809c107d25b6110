/** Something that was encoded, for as long as it is remembered. */
export interface Remembered<Encoded> {
  encoded: Encoded | undefined;
}

/** The most bytes of encodings that are remembered, over all rooms. */
const MOST_BYTES = 64 * 1_024 * 1_024;

/**
 * Bounds the memory of encodings: the latest are remembered, older ones are made anew for whoever still asks. What a
 * connection has yet to send stays as long as it needs it.
 */
export class EncodingBudget {
  readonly #mostBytes: number;
  readonly #sizes = new Map<Remembered<unknown>, number>();
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
    this.#sizes.set(remembered, bytes);
    this.#bytes += bytes;
    for (const [oldest, size] of this.#sizes) {
      if (this.#bytes <= this.#mostBytes) break;
      oldest.encoded = undefined;
      this.#sizes.delete(oldest);
      this.#bytes -= size;
    }
    return remembered;
  }
}

/** Processor time (s) per part that is not counted. */
const FREE_SECONDS = 2;

/**
 * Counts the processor time that parts (pages) take beyond `FREE_SECONDS` each, for one slow part or for several in a
 * row. Quick parts reduce the excess, but never below 0.
 */
export class PartClock {
  #parts = 0;
  #excess = 0;
  #last = 0;

  /** Records parts that were read. */
  add(parts: number): void {
    this.#parts += parts;
  }

  /**
   * |@param seconds processor time since the start.
   * @returns the excess (s) at that time.
   */
  excessAt(seconds: number): number {
    const taken = seconds - this.#last;
    this.#excess = Math.max(0, this.#excess + taken - FREE_SECONDS * this.#parts);
    this.#last = seconds;
    this.#parts = 0;
    return this.#excess;
  }
}

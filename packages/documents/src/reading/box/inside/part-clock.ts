/** Processor time (s) that each part may take for nothing. */
const FREE_SECONDS = 2;

/**
 * Counts the processor time that parts (pages) take beyond `FREE_SECONDS` each: a slow part, or slow parts one after the
 * other. Quick parts pay it back; they save up nothing for later ones.
 */
export class PartClock {
  #parts = 0;
  #excess = 0;
  #last = 0;

  /** Takes note of parts that were read. */
  add(parts: number): void {
    this.#parts += parts;
  }

  /** @param seconds Processor time since the start. @returns the excess (s) by then. */
  excessAt(seconds: number): number {
    const taken = seconds - this.#last;
    this.#excess = Math.max(0, this.#excess + taken - FREE_SECONDS * this.#parts);
    this.#last = seconds;
    this.#parts = 0;
    return this.#excess;
  }
}

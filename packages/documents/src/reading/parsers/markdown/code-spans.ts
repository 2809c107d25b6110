const RUN = /`+/g;

/** The runs of backticks in a text, by length. A run finds its partner in constant time. */
export class CodeSpans {
  readonly #text: string;
  readonly #places = new Map<number, number[]>();

  constructor(text: string) {
    this.#text = text;
    for (const { 0: run, index } of text.matchAll(RUN)) {
      const places = this.#places.get(run.length);
      if (places === undefined) this.#places.set(run.length, [index]);
      else places.push(index);
    }
    // Runs are requested from the start of the text: the next place is at the end of each list.
    for (const places of this.#places.values()) places.reverse();
  }

  /** The code that begins with the run of backticks at `start`, and its end. Undefined if the run is text. */
  at(start: number, length: number): { code: string; end: number } | undefined {
    const places = this.#places.get(length) ?? [];
    while ((places.at(-1) ?? Infinity) <= start) places.pop();
    const close = places.at(-1);
    if (close === undefined) return undefined;
    const code = this.#text.slice(start + length, close).replaceAll('\n', ' ');
    const isPadded = /^ .* $/s.test(code) && code.trim() !== '';
    return { code: isPadded ? code.slice(1, -1) : code, end: close + length };
  }
}

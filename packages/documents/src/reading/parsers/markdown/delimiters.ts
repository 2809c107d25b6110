/** Characters that mark emphasis, by runs. */
export type Mark = '*' | '_' | '~';

interface Run {
  /** Place of the run in the output. */
  place: number;
  left: number;
}

const PUNCTUATION = /[\p{P}\p{S}]/u;
const SPACE = /^\s?$/u;

/**
 * Pairs the marks of emphasis. A mark without a partner is text. Each character has its own stack, so that a closing
 * mark finds its partner in constant time. Pairs that cross each other count, unlike in CommonMark.
 */
export class Delimiters {
  readonly #output: string[];
  readonly #open: Record<Mark, Run[]> = { '*': [], _: [], '~': [] };

  /** @param output the pieces of the text so far. A run's piece contains the marks that are text. */
  constructor(output: string[]) {
    this.#output = output;
  }

  /** Adds a run of marks with the characters beside it, which are empty at the ends of the text. */
  add(mark: Mark, run: { length: number; before: string; after: string }): void {
    const { canOpen, canClose } = flanking(mark, run);
    let left = run.length;
    if (canClose) left = this.#close(mark, left);
    this.#output.push(mark.repeat(left));
    if (canOpen && left > 0) this.#open[mark].push({ place: this.#output.length - 1, left });
  }

  #close(mark: Mark, length: number): number {
    let left = length;
    const open = this.#open[mark];
    for (let last = open.at(-1); last !== undefined && left > 0; last = open.at(-1)) {
      const paired = Math.min(last.left, left);
      left -= paired;
      last.left -= paired;
      this.#output[last.place] = mark.repeat(last.left);
      if (last.left === 0) open.pop();
    }
    return left;
  }
}

/** Whether a run may begin or end emphasis, from the characters beside it: CommonMark, section 6.2. */
function flanking(
  mark: Mark,
  { length, before, after }: { length: number; before: string; after: string },
): { canOpen: boolean; canClose: boolean } {
  if (mark === '~' && length > 2) return { canOpen: false, canClose: false };
  const isLeft = standsBefore(after, before);
  const isRight = standsBefore(before, after);
  if (mark !== '_') return { canOpen: isLeft, canClose: isRight };
  return {
    canOpen: isLeft && (!isRight || PUNCTUATION.test(before)),
    canClose: isRight && (!isLeft || PUNCTUATION.test(after)),
  };
}

/** Whether a run belongs to the text on its side `near`, and not to the text on the other side. */
function standsBefore(near: string, far: string): boolean {
  if (SPACE.test(near)) return false;
  return !PUNCTUATION.test(near) || SPACE.test(far) || PUNCTUATION.test(far);
}

import { findCut } from './find-cut.ts';
import { joinUnits, sliceUnit, type PageMark, type Unit } from './unit.ts';

/** The size of chunks, and of the end that the next chunk repeats. */
export interface ChunkSettings {
  /** Largest length (UTF-16 units) of a chunk. */
  chunkSize: number;
  /** Largest share of `chunkSize` that repeats the chunk before: 0 to 0.5. */
  overlap: number;
}

/** A chunk's text, the pages that begin in it, and the length that it shares with the chunk before. */
export interface PackedChunk {
  text: string;
  marks: readonly PageMark[];
  overlap: number;
}

/** Share of a chunk from which it ends at a paragraph's end instead of a later sentence's end. */
const LEAST_PARAGRAPH = 0.4;

/**
 * Packs sentences into chunks: as many as fit, preferably up to a paragraph's end. The next chunk repeats the last
 * sentences of the one before, as far as they fit. A sentence that is longer than a chunk is cut, and the next chunk
 * repeats the last words before the cut.
 */
export class ChunkPacker {
  readonly #chunkSize: number;
  /** Largest repetition (UTF-16 units). */
  readonly #budget: number;
  /** Units repeated from the chunk before; new units follow in `#fresh`. */
  #repeated: Unit[] = [];
  #fresh: Unit[] = [];
  #length = 0;

  constructor({ chunkSize, overlap }: ChunkSettings) {
    this.#chunkSize = chunkSize;
    this.#budget = Math.floor(chunkSize * overlap);
  }

  /**
   * Adds the next sentence.
   * @returns the full chunks.
   */
  add(unit: Unit): PackedChunk[] {
    const chunks: PackedChunk[] = [];
    const waiting = [unit];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (this.#fits(next)) this.#push(next);
      else if (this.#fresh.length > 0) {
        const { chunk, rest } = this.#emit();
        chunks.push(chunk);
        waiting.unshift(...rest, next);
      } else waiting.unshift(...this.#makeRoom(next));
    }
    return chunks;
  }

  /** Returns the rest. Nothing is repeated after it. */
  finish(): PackedChunk[] {
    const isEmpty = this.#fresh.every(({ text }) => text.trim() === '');
    const chunks = isEmpty ? [] : [toChunk(this.#repeated, this.#fresh)];
    this.#begin([]);
    return chunks;
  }

  #fits({ text }: Unit): boolean {
    // White space at the end of a chunk is dropped.
    return this.#length + text.trimEnd().length <= this.#chunkSize;
  }

  #push(unit: Unit): void {
    // White space at a chunk's start is dropped, and so is white space alone after a repetition.
    if (this.#fresh.length === 0 && unit.text.trim() === '') return;
    const pushed = this.#length === 0 ? withoutLeadingSpace(unit) : unit;
    this.#fresh.push(pushed);
    this.#length += pushed.text.length;
  }

  /** For a unit that does not fit beside the repetition: shortens the repetition, else cuts the unit. */
  #makeRoom(unit: Unit): Unit[] {
    const [first, ...others] = this.#repeated;
    if (unit.text.trimEnd().length <= this.#chunkSize && first !== undefined) {
      this.#begin(others);
      return [unit];
    }
    const cut = findCut(unit.text, this.#chunkSize - this.#length);
    return [{ ...sliceUnit(unit, 0, cut), isCut: true }, sliceUnit(unit, cut)];
  }

  /**
   * Ends the chunk.
   * @returns the chunk, and the units for the next one.
   */
  #emit(): { chunk: PackedChunk; rest: Unit[] } {
    const units = this.#fresh;
    const count = this.#paragraphEnd();
    const chunk = toChunk(this.#repeated, units.slice(0, count));
    this.#begin(this.#repetition(units.slice(0, count)));
    return { chunk, rest: units.slice(count) };
  }

  /** Number of new units to take: up to the last paragraph's end that fills enough of the chunk, else all. */
  #paragraphEnd(): number {
    const { length } = this.#fresh;
    let before = this.#length;
    for (let count = length; count > 0; count -= 1) {
      if (before < this.#chunkSize * LEAST_PARAGRAPH) break;
      if (this.#fresh[count - 1]?.endsParagraph === true) return count;
      before -= this.#fresh[count - 1]?.text.length ?? 0;
    }
    return length;
  }

  /** The end of a chunk that the next one repeats: whole sentences, or words after a cut. */
  #repetition(units: readonly Unit[]): Unit[] {
    const last = units.at(-1);
    if (last?.isCut === true) {
      const words = lastWords(last, this.#budget);
      return words === undefined ? [] : [words];
    }
    let room = this.#budget;
    let count = 0;
    for (const { text, isCut } of units.toReversed()) {
      room -= text.length;
      if (room < 0 || (isCut && count > 0)) break;
      count += 1;
    }
    return units.slice(units.length - count);
  }

  #begin(repeated: Unit[]): void {
    const [first, ...others] = repeated;
    this.#repeated = first === undefined ? [] : [withoutLeadingSpace(first), ...others];
    this.#fresh = [];
    this.#length = this.#repeated.reduce((sum, { text }) => sum + text.length, 0);
  }
}

/** The end of a unit of at most `budget` UTF-16 units: whole words, or whole characters if it has no words. */
function lastWords(unit: Unit, budget: number): Unit | undefined {
  const { text } = unit;
  if (budget < 1) return undefined;
  const from = Math.max(0, text.length - budget);
  const space = from === 0 ? 0 : text.slice(from).search(/\s\S/);
  const start = space > 0 ? from + space + 1 : from + findClusterStart(text, from);
  return text.slice(start).trim() === '' ? undefined : sliceUnit(unit, start);
}

function withoutLeadingSpace(unit: Unit): Unit {
  return sliceUnit(unit, unit.text.length - unit.text.trimStart().length);
}

const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Distance from `from` to the next grapheme. */
function findClusterStart(text: string, from: number): number {
  if (from === 0) return 0;
  const before = Math.max(0, from - 32);
  for (const { index } of clusters.segment(text.slice(before, from + 64))) {
    if (before + index >= from) return before + index - from;
  }
  return text.length - from;
}

function toChunk(repeated: readonly Unit[], fresh: readonly Unit[]): PackedChunk {
  const { text, marks } = joinUnits([...repeated, ...fresh]);
  const overlap = joinUnits(repeated).text.trimEnd().length;
  return { text: text.trimEnd(), marks, overlap };
}

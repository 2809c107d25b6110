import { z } from 'zod';
import { sectionSchema, type Section } from '../reading/section.ts';
import { ChunkPacker, type ChunkSettings, type PackedChunk } from './chunk-packer.ts';
import { SectionJoiner } from './section-joiner.ts';
import type { Unit } from './unit.ts';

/** The version of the text that readers and the chunker make of a file. Raise it when the text changes. */
export const TEXT_VERSION = 2;

/** A piece of a document that search finds as one. */
export const chunkSchema = sectionSchema.extend({
  /** The piece's number in its document, from 0. */
  ordinal: z.int().nonnegative(),
  /** The page on which the text ends; absent: `page`. */
  lastPage: z.exactOptional(z.int().positive()),
  /** Offsets (UTF-16 units) in `text` at which the pages after `page` begin, in order. Absent if none begins. */
  pageStarts: z.exactOptional(z.array(z.int().nonnegative())),
  /** Length of the beginning of `text` (UTF-16 units) that repeats the end of the chunk before; absent: 0. */
  overlap: z.exactOptional(z.int().positive()),
});
export type Chunk = z.infer<typeof chunkSchema>;

/** Share of a chunk that repeats the one before, if the caller names none. */
export const DEFAULT_OVERLAP = 0.15;

type Heading = Pick<Section, 'heading' | 'headingPath'>;

/**
 * Cuts the sections of a document into chunks, one section at a time, so that memory is bounded for any document. A
 * chunk may continue on the next page but ends before a heading. The only lost text is white space at cuts and hyphens
 * at page ends.
 */
export class Chunker {
  readonly #settings: ChunkSettings;
  #heading: Heading = {};
  #joiner = new SectionJoiner();
  #packer: ChunkPacker;
  #ordinal = 0;

  constructor({ chunkSize, overlap = DEFAULT_OVERLAP }: { chunkSize: number; overlap?: number }) {
    this.#settings = { chunkSize, overlap };
    this.#packer = new ChunkPacker(this.#settings);
  }

  /** Number of chunks so far. */
  get count(): number {
    return this.#ordinal;
  }

  /**
   * Adds the next section.
   * @returns the complete chunks.
   */
  add(section: Section): Chunk[] {
    const isSameHeading = sameHeading(this.#heading, section);
    const before = isSameHeading && this.#joiner.continues(section) ? [] : this.finish();
    const { heading, headingPath } = section;
    this.#heading = {
      ...(heading === undefined ? {} : { heading }),
      ...(headingPath === undefined ? {} : { headingPath }),
    };
    return [...before, ...this.#pack(this.#joiner.add(section))];
  }

  /** The remaining chunks. */
  finish(): Chunk[] {
    const chunks = [
      ...this.#pack(this.#joiner.finish()),
      ...this.#packer.finish().map((chunk) => this.#toChunk(chunk)),
    ];
    this.#joiner = new SectionJoiner();
    return chunks;
  }

  #pack(units: readonly Unit[]): Chunk[] {
    return units.flatMap((unit) => this.#packer.add(unit)).map((chunk) => this.#toChunk(chunk));
  }

  #toChunk({ text, marks, overlap }: PackedChunk): Chunk {
    const page = marks[0]?.page ?? 1;
    const pageStarts = startsOfPages(marks, text.length);
    return {
      ...this.#heading,
      ordinal: this.#ordinal++,
      page,
      ...(pageStarts.length === 0 ? {} : { lastPage: page + pageStarts.length, pageStarts }),
      text,
      ...(overlap === 0 ? {} : { overlap }),
    };
  }
}

/** Cuts all sections of a document into chunks. */
export function* chunksOf(
  sections: Iterable<Section>,
  settings: { chunkSize: number; overlap?: number },
): Generator<Chunk, void> {
  const chunker = new Chunker(settings);
  for (const section of sections) yield* chunker.add(section);
  yield* chunker.finish();
}

function sameHeading(one: Heading, other: Heading): boolean {
  const [path, otherPath] = [one.headingPath ?? [], other.headingPath ?? []];
  return (
    one.heading === other.heading &&
    path.length === otherPath.length &&
    path.every((heading, index) => heading === otherPath[index])
  );
}

/** Offsets of the pages after the first. A page without text begins where the next page begins. */
function startsOfPages(marks: PackedChunk['marks'], length: number): number[] {
  const starts: number[] = [];
  let last = marks[0]?.page ?? 1;
  for (const { offset, page } of marks.slice(1)) {
    if (offset >= length) break;
    for (; last < page; last += 1) starts.push(offset);
  }
  return starts;
}

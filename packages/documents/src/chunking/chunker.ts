import { z } from 'zod';
import { findCut } from './find-cut.ts';
import { sectionSchema, type Section } from '../reading/section.ts';

/** A piece of a document that is found as one. */
export const chunkSchema = sectionSchema.extend({
  /** The piece's number in its document, from 0. */
  ordinal: z.int().nonnegative(),
});
export type Chunk = z.infer<typeof chunkSchema>;

/**
 * Cuts a section into texts of at most `chunkSize` characters, at the ends of paragraphs or sentences where it can.
 * No text but white space at the cuts is lost.
 */
export function* cutSection(section: Section, chunkSize: number): Generator<string, void> {
  let rest = section.text.trim();
  while (rest !== '') {
    const cut = findCut(rest, chunkSize);
    const text = rest.slice(0, cut).trimEnd();
    rest = rest.slice(cut).trimStart();
    if (text !== '') yield text;
  }
}

/** Cuts sections into chunks, numbered from `firstOrdinal`; none reaches over a section, and so none over a page. */
export function chunksOf(sections: readonly Section[], chunkSize: number, firstOrdinal = 0): Chunk[] {
  return sections
    .flatMap((section) => [...cutSection(section, chunkSize)].map((text) => ({ ...section, text })))
    .map((piece, index) => ({ ...piece, ordinal: firstOrdinal + index }));
}

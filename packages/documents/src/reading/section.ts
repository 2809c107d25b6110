import { z } from 'zod';
import type { ReadingLimits } from './limits.ts';

/** A stretch of a document's text under one heading, on one page. */
export const sectionSchema = z.object({
  /** 1-based. A document without pages has one. */
  page: z.int().positive(),
  /** The heading that the text stands under. */
  heading: z.exactOptional(z.string()),
  /** The headings above `heading`, outermost first. Absent if there are none. */
  headingPath: z.exactOptional(z.array(z.string())),
  text: z.string(),
});
export type Section = z.infer<typeof sectionSchema>;

/** The pages of a document with and without text; the counts of all parts add up. */
export const coverageSchema = z.object({
  /** Pages that hold text. */
  pagesWithText: z.int().nonnegative(),
  /** Pages that hold no text, 1-based: scans, pictures, empty pages. */
  pagesWithoutText: z.array(z.int().positive()),
  /** Pages that could not be read, 1-based. */
  pagesUnreadable: z.array(z.int().positive()),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** A part of a document that a parser gives at a time: a page of a PDF, or one read of another document. */
export const parsedPartSchema = z.object({
  sections: z.array(sectionSchema),
  /** Number of pages of the whole document. */
  pages: z.int().positive(),
  /** Progress of the parser and its total: pages of a PDF, bytes of other formats. */
  done: z.number().nonnegative(),
  total: z.number().nonnegative(),
  /** Name of the part for people: `page 12 of 340`. */
  itemName: z.exactOptional(z.string()),
  /** A finding for the owner about this part, such as an unreadable page. */
  warning: z.exactOptional(z.string()),
  /** The pages of this part. Absent for formats without pages. */
  coverage: z.exactOptional(coverageSchema),
  /** Page names in the document's own numbering (`iv`, `A-3`), by 1-based page. Only names that differ. */
  pageLabels: z.exactOptional(z.record(z.string(), z.string())),
});
export type ParsedPart = z.infer<typeof parsedPartSchema>;

/**
 * Reads a document part by part. The next part is read only on demand.
 * @throws DocumentError DOCUMENT_TOO_COMPLEX, by `limitExceeded`, if the document exceeds one of the limits.
 */
export type Parser = (bytes: Uint8Array, limits?: ReadingLimits) => AsyncGenerator<ParsedPart, void>;

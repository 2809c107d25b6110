import { z } from 'zod';

/** A stretch of a document's text under one heading, on one page. */
export const sectionSchema = z.object({
  /** 1-based; a document without pages has one. */
  page: z.int().positive(),
  heading: z.exactOptional(z.string()),
  text: z.string(),
});
export type Section = z.infer<typeof sectionSchema>;

/** What a parser gives at a time: a page of a PDF, or as much of another document as is read at once. */
export const parsedPartSchema = z.object({
  sections: z.array(sectionSchema),
  /** How many pages the whole document has. */
  pages: z.int().positive(),
  /** How far the parser is, and of how much: pages of a PDF, bytes of anything else. */
  done: z.number().nonnegative(),
  total: z.number().nonnegative(),
  /** What was just read, for people: `page 12 of 340`. */
  itemName: z.exactOptional(z.string()),
  /** What the owner should know about this part, for instance that a page was unreadable. */
  warning: z.exactOptional(z.string()),
});
export type ParsedPart = z.infer<typeof parsedPartSchema>;

/** Reads a document part by part; the next part is read only when it is asked for. */
export type Parser = (bytes: Uint8Array) => AsyncGenerator<ParsedPart, void>;

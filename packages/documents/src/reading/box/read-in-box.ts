import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { ReadingLimits } from '../limits.ts';
import { pageImageSchema, type PageImage } from '../page-image.ts';
import { parsedPartSchema, type ParsedPart } from '../section.ts';
import { Box } from './box.ts';
import type { BoxJob } from './box-request.ts';

/** A document, the limits of its reading, and the signal that ends it. */
export interface BoxedDocument {
  path: string;
  limits: ReadingLimits;
  signal: AbortSignal;
}

/**
 * Reads a document in a process of its own. At most a few batches are read ahead; the process ends with the iteration
 * or when `signal` aborts.
 * @yields batches of parts, in their order.
 * @throws DocumentError DOCUMENT_ENCRYPTED, DOCUMENT_UNREADABLE, DOCUMENT_TOO_COMPLEX or MEDIA_TYPE_UNSUPPORTED; the
 * signal's reason; any other Error if the process could not be started or the file not be opened.
 */
export function readInBox(document: BoxedDocument & { mediaType: string }): AsyncGenerator<ParsedPart[], void> {
  const job: BoxJob = { type: 'text', mediaType: document.mediaType };
  return itemsOfBox(document, job, parsedPartSchema);
}

/**
 * Decodes the images that some pages (1-based) of a PDF show, in a process of its own; otherwise as `readInBox`.
 * @yields the images one by one: each may take tens of megabytes.
 */
export async function* imagesInBox(
  document: BoxedDocument & { pages: readonly number[] },
): AsyncGenerator<PageImage, void> {
  const job: BoxJob = { type: 'images', pages: document.pages };
  for await (const images of itemsOfBox(document, job, pageImageSchema)) yield* images;
}

async function* itemsOfBox<Item>(
  { path, limits, signal }: BoxedDocument,
  job: BoxJob,
  schema: z.ZodType<Item>,
): AsyncGenerator<Item[], void> {
  signal.throwIfAborted();
  const batchSchema = z.array(schema);
  const file = await open(path, 'r');
  const box = await Box.start(file, { job, limits }).finally(() => file.close());
  try {
    for (;;) {
      const items = await box.next(signal);
      if (items === undefined) return;
      yield batchSchema.parse(items);
    }
  } finally {
    await box.end();
  }
}

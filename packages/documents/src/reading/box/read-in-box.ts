import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { ReadingLimits } from '../limits.ts';
import { pageImageSchema, type PageImage } from '../page-image.ts';
import { parsedPartSchema, type ParsedPart } from '../section.ts';
import { Box } from './box.ts';
import type { BoxJob } from './box-request.ts';

/** A document, the limits for reading it, and the signal that cancels the reading. */
export interface BoxedDocument {
  path: string;
  limits: ReadingLimits;
  signal: AbortSignal;
}

/**
 * Reads a document in a process of its own. The process reads ahead a few batches. It ends with the iteration, or when
 * `signal` aborts.
 * @yields batches of parts, in order.
 * @throws DocumentError DOCUMENT_ENCRYPTED, DOCUMENT_UNREADABLE, DOCUMENT_TOO_COMPLEX or MEDIA_TYPE_UNSUPPORTED; the
 * signal's reason; another Error if the process could not be started or the file could not be opened.
 */
export function readInBox(document: BoxedDocument & { mediaType: string }): AsyncGenerator<ParsedPart[], void> {
  const job: BoxJob = { type: 'text', mediaType: document.mediaType };
  return itemsOfBox(document, job, parsedPartSchema);
}

/**
 * Decodes the images on some pages (1-based) of a PDF in a process of its own. Otherwise as `readInBox`.
 * @yields one image at a time, because an image may take tens of megabytes.
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

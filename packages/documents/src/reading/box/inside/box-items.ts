import { DocumentError } from '../../document-error.ts';
import { limitExceeded, type ReadingLimits } from '../../limits.ts';
import { parserOf } from '../../parsers/index.ts';
import type { ParsedPart } from '../../section.ts';
import { inBatches } from './batches.ts';
import type { BoxJob } from '../box-request.ts';

/** The batches of items for a box's job. */
export function boxItems(job: BoxJob, bytes: Uint8Array, limits: ReadingLimits): AsyncGenerator<unknown[], void> {
  return job.type === 'text'
    ? inBatches(partsOf(job.mediaType, bytes, limits), textLength)
    : imagesOf(job.pages, bytes);
}

function textLength({ sections }: ParsedPart): number {
  return sections.reduce((sum, { text }) => sum + text.length, 0);
}

async function* partsOf(mediaType: string, bytes: Uint8Array, limits: ReadingLimits): AsyncGenerator<ParsedPart, void> {
  const parse = parserOf(mediaType);
  if (parse === undefined) {
    throw new DocumentError(
      'MEDIA_TYPE_UNSUPPORTED',
      `documents of type ${mediaType} cannot be read: upload PDF, an Office file, HTML, Markdown or plain text`,
    );
  }
  for await (const part of parse(bytes, limits)) {
    if (part.pages > limits.pages) throw limitExceeded('pages', limits);
    yield part;
  }
}

async function* imagesOf(pages: readonly number[], bytes: Uint8Array): AsyncGenerator<unknown[], void> {
  const { pageImages } = await import('../../page-images.ts');
  for await (const image of pageImages(bytes, pages)) yield [image];
}

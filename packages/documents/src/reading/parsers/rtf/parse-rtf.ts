import { PageBlocks } from '../../blocks/page-blocks.ts';
import { DEFAULT_LIMITS, type ReadingLimits } from '../../limits.ts';
import { SectionCollector } from '../../section-collector.ts';
import type { ParsedPart } from '../../section.ts';
import { TitledBlocks } from '../office/title.ts';
import { RtfReader } from './rtf-reader.ts';
import { RtfStory } from './rtf-story.ts';
import { RtfTokenizer } from './rtf-tokenizer.ts';

/** Bytes per part. */
const PIECE_BYTES = 262_144;

/**
 * Reads RTF. Headings come from styles and outline levels, pages from page breaks. Notes and comments follow their
 * paragraph. Each header and footer stands once. Each stretch of text has the encoding of its font.
 * @throws DocumentError DOCUMENT_TOO_COMPLEX if its groups are nested too deep.
 */
export async function* parseRtf(
  bytes: Uint8Array,
  limits: ReadingLimits = DEFAULT_LIMITS,
): AsyncGenerator<ParsedPart, void> {
  const collector = new SectionCollector();
  const pages = new PageBlocks(collector);
  // The title comes before the text.
  const sink = new TitledBlocks(pages, () => reader.title.trim());
  const reader: RtfReader = new RtfReader(new RtfStory(sink), limits);
  const tokenizer = new RtfTokenizer(bytes, reader);
  const total = bytes.length;
  while (tokenizer.readTo(tokenizer.position + PIECE_BYTES)) {
    yield { sections: collector.take(), pages: pages.page, done: tokenizer.position, total };
    await Promise.resolve();
  }
  reader.end();
  sink.end();
  yield { sections: collector.finish(), pages: pages.page, done: total, total };
}

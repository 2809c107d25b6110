import { archiveParser } from '../../archive/archive-parser.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import { PageBlocks } from '../../blocks/page-blocks.ts';
import { SectionCollector } from '../../section-collector.ts';
import type { ParsedPart } from '../../section.ts';
import { readXmlPart, readXmlPieces } from '../../xml/read-xml-part.ts';
import { TitledBlocks } from '../office/title.ts';
import { openContent, titleOfOpenDocument } from './open-archive.ts';
import { OpenStory } from './open-story.ts';
import { OpenStyles } from './open-styles.ts';
import { PageMargins } from './page-margins.ts';

/**
 * Reads an OpenDocument text (ODT) or presentation (ODP, one page per slide). Headings come from outline levels. Notes
 * and comments follow the paragraph that contains them. Each header and footer stands once.
 * @throws DocumentError DOCUMENT_UNREADABLE, DOCUMENT_ENCRYPTED or DOCUMENT_TOO_COMPLEX.
 */
export const parseOdt = archiveParser(readDocument);

async function* readDocument(archive: ZipArchive): AsyncGenerator<ParsedPart, void> {
  const main = await openContent(archive);
  const collector = new SectionCollector();
  const pages = new PageBlocks(collector);
  const title = await titleOfOpenDocument(archive);
  const sink = new TitledBlocks(pages, () => title);
  const styles = new OpenStyles();
  const margins = new PageMargins(styles);
  await readXmlPart({ archive, name: 'styles.xml', handler: margins });
  for (const text of margins.texts) sink.addMargin(text);
  const handler = new OpenStory(sink, styles);
  const total = archive.sizeOf(main);
  for await (const done of readXmlPieces({ archive, name: main, handler })) {
    yield { sections: collector.take(), pages: pages.page, done: Math.min(done, total), total };
  }
  sink.end();
  yield { sections: collector.finish(), pages: pages.page, done: total, total };
}

import { archiveParser } from '../../archive/archive-parser.ts';
import { mainPartOf } from '../../archive/relationships.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import type { Block } from '../../blocks/block.ts';
import { PageBlocks } from '../../blocks/page-blocks.ts';
import { missingPart } from '../../document-error.ts';
import { SectionCollector } from '../../section-collector.ts';
import type { ParsedPart } from '../../section.ts';
import { readXmlPieces } from '../../xml/read-xml-part.ts';
import { TitledBlocks, titleOf } from '../office/title.ts';
import { readHeadersAndFooters, readReferences } from './word-references.ts';
import { WordStory } from './word-story.ts';

/**
 * Reads a Word document (DOCX). Headings come from styles and outline levels, pages from the layout of the program that
 * saved it. Notes and comments follow the paragraph that refers to them. Each header and footer stands once.
 * @throws DocumentError DOCUMENT_UNREADABLE, DOCUMENT_ENCRYPTED or DOCUMENT_TOO_COMPLEX.
 */
export const parseDocx = archiveParser(readDocument);

async function* readDocument(archive: ZipArchive): AsyncGenerator<ParsedPart, void> {
  const main = await mainPartOf(archive, 'word/document.xml');
  if (main === undefined) throw missingPart('word/document.xml');
  const collector = new SectionCollector();
  const pages = new PageBlocks(collector);
  const title = await titleOf(archive);
  const sink = new TitledBlocks(pages, () => title);
  const references = await readReferences(archive, main);
  const margins = await readHeadersAndFooters(archive, main, references.styles);
  for (const text of margins) sink.addMargin(text);
  const handler = new WordStory({ add: (block: Block) => sink.add(block) }, references);
  const total = archive.sizeOf(main);
  for await (const done of readXmlPieces({ archive, name: main, handler })) {
    yield { sections: collector.take(), pages: pages.page, done: Math.min(done, total), total };
  }
  sink.end();
  yield { sections: collector.finish(), pages: pages.page, done: total, total };
}

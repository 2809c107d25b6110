import { archiveParser } from '../../archive/archive-parser.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import { SectionCollector } from '../../section-collector.ts';
import type { ParsedPart } from '../../section.ts';
import { readXmlPieces } from '../../xml/read-xml-part.ts';
import { openContent } from '../odt/open-archive.ts';
import { OpenSheets } from './open-sheets.ts';

/**
 * Reads an OpenDocument spreadsheet (ODS) like a workbook: one page per sheet, one line per row.
 * @throws DocumentError DOCUMENT_UNREADABLE, DOCUMENT_ENCRYPTED or DOCUMENT_TOO_COMPLEX.
 */
export const parseOds = archiveParser(readSheets);

async function* readSheets(archive: ZipArchive): AsyncGenerator<ParsedPart, void> {
  const main = await openContent(archive);
  const collector = new SectionCollector();
  const handler = new OpenSheets(collector);
  const total = archive.sizeOf(main);
  for await (const done of readXmlPieces({ archive, name: main, handler })) {
    yield { sections: collector.take(), pages: handler.page, done: Math.min(done, total), total };
  }
  yield { sections: collector.finish(), pages: handler.page, done: total, total };
}

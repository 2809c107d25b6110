import { archiveParser } from '../../archive/archive-parser.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import { RowSections } from '../../blocks/row-sections.ts';
import { limitExceeded } from '../../limits.ts';
import { SectionCollector } from '../../section-collector.ts';
import type { ParsedPart } from '../../section.ts';
import { readXmlPieces } from '../../xml/read-xml-part.ts';
import { SheetStory } from './sheet-story.ts';
import { readWorkbook } from './workbook.ts';

/**
 * Reads a workbook (XLSX): one page per sheet, one line per row. The sheet's name and its column names are headings.
 * @throws DocumentError DOCUMENT_UNREADABLE, DOCUMENT_ENCRYPTED or DOCUMENT_TOO_COMPLEX.
 */
export const parseXlsx = archiveParser(readSheets);

async function* readSheets(archive: ZipArchive): AsyncGenerator<ParsedPart, void> {
  const workbook = await readWorkbook(archive);
  const { sheets } = workbook;
  if (sheets.length > archive.limits.pages) throw limitExceeded('pages', archive.limits);
  const collector = new SectionCollector();
  const pages = Math.max(1, sheets.length);
  const total = sheets.reduce((sum, { part }) => sum + archive.sizeOf(part), 0);
  let before = 0;
  for (const [index, { name, part }] of sheets.entries()) {
    collector.startPage(index + 1);
    collector.startHeading(name, 1);
    const handler = new SheetStory(new RowSections(collector, 2), workbook);
    for await (const read of readXmlPieces({ archive, name: part, handler })) {
      const done = Math.min(before + read, total);
      yield { sections: collector.take(), pages, done, total, itemName: `sheet ${index + 1} of ${pages}` };
    }
    before += archive.sizeOf(part);
  }
  yield { sections: collector.finish(), pages, done: total, total };
}

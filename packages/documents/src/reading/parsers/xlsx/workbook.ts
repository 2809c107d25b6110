import { mainPartOf, relationshipsOf } from '../../archive/relationships.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import { missingPart } from '../../document-error.ts';
import { readXmlPart } from '../../xml/read-xml-part.ts';
import type { XmlHandler } from '../../xml/xml-reader.ts';
import { elementsOnly } from '../../xml/xml-handlers.ts';
import { isDateFormat } from './cell-values.ts';

/** A workbook's sheets in order, and the tables that the cells of all sheets refer to. */
export interface Workbook {
  sheets: { name: string; part: string }[];
  sharedStrings: readonly string[];
  /** Cell formats (by index) that show a date. */
  dateFormats: ReadonlySet<number>;
  startsIn1904: boolean;
}

/** @throws DocumentError DOCUMENT_UNREADABLE if the archive holds no workbook. */
export async function readWorkbook(archive: ZipArchive): Promise<Workbook> {
  const main = await mainPartOf(archive, 'xl/workbook.xml');
  if (main === undefined) throw missingPart('xl/workbook.xml');
  const relationships = await relationshipsOf(archive, main);
  const targets = new Map(relationships.map(({ id, target }) => [id, target]));
  const workbook = { sheets: new Array<{ name: string; part: string }>(), startsIn1904: false };
  const handler = elementsOnly((element, attributes) => {
    if (element === 'workbookPr') workbook.startsIn1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
    const part = element === 'sheet' ? targets.get(attributes['r:id'] ?? '') : undefined;
    if (part !== undefined) workbook.sheets.push({ name: attributes['name'] ?? '', part });
  });
  await readXmlPart({ archive, name: main, handler });
  const partOf = (wanted: string) => relationships.find(({ type }) => type === wanted)?.target ?? '';
  const strings = new SharedStrings();
  await readXmlPart({ archive, name: partOf('sharedStrings'), handler: strings });
  return { ...workbook, sharedStrings: strings.texts, dateFormats: await readDateFormats(archive, partOf('styles')) };
}

/** Reads the texts that cells refer to by number. The readings of Japanese words are left out. */
class SharedStrings implements XmlHandler {
  readonly texts: string[] = [];
  #text = '';
  #isText = false;

  open(name: string): 'skip' | undefined {
    if (name === 'rPh') return 'skip';
    if (name === 'si') this.#text = '';
    this.#isText = name === 't';
    return undefined;
  }

  text(text: string): void {
    if (this.#isText) this.#text += text;
  }

  close(name: string): void {
    this.#isText = false;
    if (name === 'si') this.texts.push(this.#text);
  }
}

async function readDateFormats(archive: ZipArchive, name: string): Promise<ReadonlySet<number>> {
  const codes = new Map<number, string>();
  const dates = new Set<number>();
  let isInCellFormats = false;
  let index = 0;
  const handler = elementsOnly((element, { numFmtId, formatCode }) => {
    if (element === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
    if (element === 'cellXfs') isInCellFormats = true;
    if (element === 'cellStyles' || element === 'dxfs') isInCellFormats = false;
    if (element !== 'xf' || !isInCellFormats) return;
    if (isDateFormat(Number(numFmtId), codes.get(Number(numFmtId)))) dates.add(index);
    index += 1;
  });
  await readXmlPart({ archive, name, handler });
  return dates;
}

import { RowSections } from '../../blocks/row-sections.ts';
import type { SectionCollector } from '../../section-collector.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/xml-reader.ts';

/** Largest number of columns over which a value is repeated. Larger repetitions are decoration. */
const MOST_REPEATS = 64;
/** Largest number of columns of a sheet. */
const MOST_COLUMNS = 16_384;

const SKIPPED: ReadonlySet<string> = new Set([
  'tracked-changes',
  'binary-data',
  'forms',
  'shapes',
  'named-expressions',
]);

/** Reads the sheets of an OpenDocument spreadsheet: each sheet is a page, each row a line. */
export class OpenSheets implements XmlHandler {
  readonly #collector: SectionCollector;
  #rows: RowSections | undefined;
  #sheets = 0;
  #cells: string[] = [];
  #cell = '';
  #repeats = 1;
  #isText = false;
  #isComment = false;

  constructor(collector: SectionCollector) {
    this.#collector = collector;
  }

  /** The sheet (1-based) that is being read. */
  get page(): number {
    return Math.max(1, this.#sheets);
  }

  open(name: string, attributes: XmlAttributes): 'skip' | undefined {
    if (SKIPPED.has(name)) return 'skip';
    if (name === 'table') this.#startSheet(attributes['name'] ?? '');
    else if (name === 'table-row') this.#cells = [];
    else if (isCell(name)) this.#startCell(attributes['number-columns-repeated']);
    else if (name === 'annotation') this.#startComment();
    else this.#openText(name);
    return undefined;
  }

  text(text: string): void {
    if (this.#isText) this.#cell += text;
  }

  close(name: string): void {
    if (isCell(name)) this.#endCell();
    else if (name === 'table-row') this.#rows?.add(this.#cells);
    else if (name === 'annotation') this.#endComment();
    else if (name === 'p') this.#endParagraph();
  }

  #startSheet(name: string): void {
    this.#sheets += 1;
    this.#collector.startPage(this.#sheets);
    this.#collector.startHeading(name, 1);
    this.#rows = new RowSections(this.#collector, 2);
  }

  #startCell(repeats = '1'): void {
    this.#cell = '';
    this.#repeats = Number(repeats) || 1;
  }

  #startComment(): void {
    this.#isComment = true;
    this.#cell += ' (Comment: ';
  }

  #endComment(): void {
    this.#isComment = false;
    this.#cell = `${this.#cell.trim()}) `;
  }

  #openText(name: string): void {
    if (name === 'p') this.#isText = true;
    else if (name === 's' || name === 'tab' || name === 'line-break') this.text(' ');
  }

  #endParagraph(): void {
    this.#isText = false;
    this.#cell += this.#isComment ? '' : ' ';
  }

  #endCell(): void {
    const cell = this.#cell.trim();
    const most = cell === '' ? MOST_COLUMNS : MOST_REPEATS;
    const room = Math.max(0, MOST_COLUMNS - this.#cells.length);
    for (let copy = 0; copy < Math.min(this.#repeats, most, room); copy += 1) this.#cells.push(cell);
    this.#cell = '';
  }
}

function isCell(name: string): boolean {
  return name === 'table-cell' || name === 'covered-table-cell';
}

import { type RowSections } from '../../blocks/row-sections.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/xml-reader.ts';
import { columnOf, dateOf, numberOf } from './cell-values.ts';
import type { Workbook } from './workbook.ts';

/** Excel's number of columns. A reference to a later column is broken. */
const MOST_COLUMNS = 16_384;
const ERRORS = /^#/;

/** Reads a sheet's rows. A formula is read as its last result. */
export class SheetStory implements XmlHandler {
  readonly #rows: RowSections;
  readonly #workbook: Workbook;
  #cells: string[] = [];
  #column = -1;
  #type = 'n';
  #isDate = false;
  #value = '';
  #isValue = false;

  constructor(rows: RowSections, workbook: Workbook) {
    this.#rows = rows;
    this.#workbook = workbook;
  }

  open(name: string, attributes: XmlAttributes): 'skip' | undefined {
    if (name === 'f' || name === 'rPh' || name === 'extLst') return 'skip';
    if (name === 'row') this.#startRow();
    if (name === 'c') this.#startCell(attributes);
    this.#isValue = name === 'v' || name === 't';
    return undefined;
  }

  text(text: string): void {
    if (this.#isValue) this.#value += text;
  }

  close(name: string): void {
    this.#isValue = false;
    if (name === 'c') this.#endCell();
    if (name === 'row') this.#rows.add(Array.from(this.#cells, (cell: string | undefined) => cell ?? ''));
  }

  #startRow(): void {
    this.#cells = [];
    this.#column = -1;
  }

  #startCell({ r: reference = '', t: type = 'n', s: style }: XmlAttributes): void {
    this.#column = columnOf(reference) ?? this.#column + 1;
    this.#type = type;
    this.#isDate = style !== undefined && this.#workbook.dateFormats.has(Number(style));
    this.#value = '';
  }

  #endCell(): void {
    const value = this.#shownValue().trim();
    if (value !== '' && this.#column < MOST_COLUMNS) this.#cells[this.#column] = value;
  }

  #shownValue(): string {
    const { sharedStrings, startsIn1904 } = this.#workbook;
    switch (this.#type) {
      case 's':
        return sharedStrings[Number(this.#value)] ?? '';
      case 'b':
        return this.#value === '1' ? 'TRUE' : 'FALSE';
      case 'n':
        return this.#isDate ? dateOf(this.#value, startsIn1904) : numberOf(this.#value);
      default:
        return ERRORS.test(this.#value) && this.#type === 'e' ? '' : this.#value;
    }
  }
}

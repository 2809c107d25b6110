/** The place in a text where a page begins. */
export interface PageMark {
  /** UTF-16 units from the beginning of the text. */
  offset: number;
  page: number;
}

/** A sentence with the white space after it, or a part of a sentence that is too long for a chunk. */
export interface Unit {
  text: string;
  /** The pages of the unit, in order. The first has the offset 0. */
  marks: readonly PageMark[];
  endsParagraph: boolean;
  /** Whether the rest of the sentence follows in the next unit. */
  isCut: boolean;
}

/** Takes a part out of a unit. Page marks keep their places. */
export function sliceUnit(unit: Unit, from: number, to = unit.text.length): Unit {
  const first = unit.marks.findLast(({ offset }) => offset <= from);
  const later = unit.marks.filter(({ offset }) => offset > from && offset < to);
  const marks = (first === undefined ? later : [first, ...later]).map(({ offset, page }) => ({
    offset: Math.max(0, offset - from),
    page,
  }));
  const isWholeEnd = to >= unit.text.length;
  return {
    text: unit.text.slice(from, to),
    marks,
    endsParagraph: isWholeEnd && unit.endsParagraph,
    isCut: isWholeEnd ? unit.isCut : true,
  };
}

/** Divides a text at the given ends of its sentences, in order. Text after the last end is left out. */
export function divide(whole: Unit, ends: readonly { end: number; endsParagraph: boolean }[]): Unit[] {
  const units: Unit[] = [];
  let start = 0;
  let page = whole.marks[0]?.page ?? 1;
  let next = 0;
  for (const { end, endsParagraph } of ends) {
    const marks: PageMark[] = [];
    for (let mark = whole.marks[next]; mark !== undefined && mark.offset < end; mark = whole.marks[(next += 1)]) {
      if (mark.offset > start && marks.length === 0) marks.push({ offset: 0, page });
      marks.push({ offset: Math.max(0, mark.offset - start), page: mark.page });
      page = mark.page;
    }
    if (marks.length === 0) marks.push({ offset: 0, page });
    units.push({ text: whole.text.slice(start, end), marks, endsParagraph, isCut: false });
    start = end;
  }
  return units;
}

/** Joins units to one text. */
export function joinUnits(units: readonly Unit[]): { text: string; marks: PageMark[] } {
  let text = '';
  const marks: PageMark[] = [];
  for (const unit of units) {
    for (const { offset, page } of unit.marks) {
      if (marks.at(-1)?.page !== page) marks.push({ offset: text.length + offset, page });
    }
    text += unit.text;
  }
  return { text, marks };
}

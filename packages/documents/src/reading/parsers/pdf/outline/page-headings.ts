import type { PageFrame } from '../read-page.ts';
import type { OutlineEntry } from './outline.ts';
import type { PdfLine } from '../layout/paragraphs.ts';

/** A heading with its level (1 is outermost), or a paragraph. */
export type PageStep = { heading: string; level: number } | { paragraph: string };

/** Most characters before a printed heading's title in the outline: `Chapter 12: `. */
const LONGEST_NUMBERING = 16;

const letters = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]/gu, '');

function isHeading(paragraph: PdfLine, title: string): boolean {
  const printed = letters(paragraph.text);
  if (title === '' || !printed.endsWith(title))
    return (
      printed !== '' &&
      title.endsWith(printed) &&
      title.length - printed.length <= LONGEST_NUMBERING &&
      printed.length > 2
    );
  return printed.length - title.length <= LONGEST_NUMBERING;
}

/** The paragraph at which an entry begins: its printed title, else the first paragraph below its place. */
function findEntry(paragraphs: readonly PdfLine[], entry: OutlineEntry, frame: PageFrame | undefined) {
  const title = letters(entry.title);
  const printed = paragraphs.findIndex((paragraph) => isHeading(paragraph, title));
  if (printed !== -1) return { index: printed, isPrinted: true };
  if (entry.y === undefined || frame === undefined) return { index: 0, isPrinted: false };
  const height = frame.heightOf(entry.x, entry.y);
  const below = paragraphs.findIndex(({ y }) => y <= height);
  return { index: below === -1 ? paragraphs.length : below, isPrinted: false };
}

/** The paragraphs of a page with the headings that the outline gives to it. */
export function stepsByOutline(
  paragraphs: readonly PdfLine[],
  entries: readonly OutlineEntry[],
  frame: PageFrame | undefined,
): PageStep[] {
  const steps: PageStep[] = [];
  let taken = 0;
  for (const entry of entries) {
    const found = findEntry(paragraphs.slice(taken), entry, frame);
    const until = taken + found.index;
    for (const { text } of paragraphs.slice(taken, until)) steps.push({ paragraph: text });
    const printed = found.isPrinted ? paragraphs[until]?.text : undefined;
    steps.push({ heading: printed ?? entry.title, level: entry.level });
    taken = until + (printed === undefined ? 0 : 1);
  }
  for (const { text } of paragraphs.slice(taken)) steps.push({ paragraph: text });
  return steps;
}

/** The lines that begin a paragraph, because an outline entry points to them or to the line before. */
export function breaksOf(
  lines: readonly PdfLine[],
  entries: readonly OutlineEntry[],
  frame: PageFrame | undefined,
): Set<PdfLine> {
  const breaks = new Set<PdfLine>();
  for (const entry of entries) {
    const { index, isPrinted } = findEntry(lines, entry, frame);
    for (const line of lines.slice(index, index + (isPrinted ? 2 : 1))) breaks.add(line);
  }
  return breaks;
}

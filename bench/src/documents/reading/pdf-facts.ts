import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../../env.ts';

/** Facts of a PDF that tell why two readers may differ. */
export interface PdfFacts {
  /** A font has an encoding of its own and no map to Unicode: no reader can know its characters for sure. */
  hasUnmappedFont: boolean;
  /** The share (0 to 1) of the first page that its crop box shows. */
  shownShare: number;
}

/** The facts of most PDFs. */
export const USUAL_PDF: PdfFacts = { hasUnmappedFont: false, shownShare: 1 };

const TIME_LIMIT_MS = 60_000;
const MOST_BYTES = 16 * 1_024 * 1_024;
/** Encodings that say which character a code stands for only by the font itself. */
const OWN_ENCODINGS = new Set(['Custom', 'Builtin', 'Identity-H', 'Identity-V']);

const run = promisify(execFile);

/** Asks Poppler's programs beside `pdftotext` for the facts of a PDF; what they cannot read counts as usual. */
export async function readPdfFacts(pdfToTextProgram: string, path: string): Promise<PdfFacts> {
  const folder = dirname(pdfToTextProgram);
  const [fonts, info] = await Promise.all([
    outputOf(join(folder, 'pdffonts'), [path]),
    outputOf(join(folder, 'pdfinfo'), ['-box', path]),
  ]);
  return { hasUnmappedFont: hasUnmappedFont(fonts), shownShare: shownShareOf(info) };
}

async function outputOf(program: string, words: readonly string[]): Promise<string> {
  try {
    // One character a byte: names of fonts in other encodings do not move the columns.
    const options = {
      env: childEnvironment({}),
      timeout: TIME_LIMIT_MS,
      maxBuffer: MOST_BYTES,
      encoding: 'latin1',
    } as const;
    const { stdout } = await run(program, words, options);
    return stdout;
  } catch {
    return '';
  }
}

/** Reads the table of `pdffonts`: its columns are as wide as the rules under their headings. */
export function hasUnmappedFont(output: string): boolean {
  const [heading = '', rule = '', ...rows] = output.split('\n');
  const columns = [...rule.matchAll(/-+/g)].map(({ index, 0: { length } }) => ({
    name: heading.slice(index, index + length).trim(),
    from: index,
    to: index + length,
  }));
  const cell = (row: string, name: string) => {
    const column = columns.find((each) => each.name === name);
    return column === undefined ? '' : row.slice(column.from, column.to).trim();
  };
  return rows.some((row) => cell(row, 'uni') === 'no' && OWN_ENCODINGS.has(cell(row, 'encoding')));
}

/** Reads the boxes of `pdfinfo -box`. */
export function shownShareOf(output: string): number {
  const areaOf = (box: string) => {
    const numbers = new RegExp(`^${box}: +(.*)$`, 'm').exec(output)?.[1]?.trim().split(/ +/).map(Number) ?? [];
    const [left = 0, bottom = 0, right = 0, top = 0] = numbers;
    return Math.abs((right - left) * (top - bottom));
  };
  const [whole, shown] = [areaOf('MediaBox'), areaOf('CropBox')];
  return whole > 0 ? Math.min(1, shown / whole) : 1;
}

import { makeRawPdf, pdfStream } from './make-raw-pdf.ts';

const PAGE_WIDTH = 595;
const PAGE_HEIGHT = 842;
const MARGIN = 50;
const FONT_SIZE = 11;
const LINE_HEIGHT = 15;
/** Widths in thousandths of the font size. */
const USUAL_WIDTH = 500;
const WIDE_WIDTH = 1_000;
/** Entries that one block of a ToUnicode map may have (Adobe technical note 5411). */
const LARGEST_BLOCK = 100;

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF00-\uFF60]/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Makes a PDF of any script. Characters have their own codes and a map to Unicode, as most programs write them.
 * @param pages lines from top to bottom, in reading order. Arabic and Hebrew lines are drawn from the right.
 */
export function makeUnicodePdf(pages: readonly (readonly string[])[]): Uint8Array {
  const codes = new CharacterCodes();
  const contents = pages.map((lines) => contentOf(lines, codes));
  const pageObjects = contents.flatMap((content, index) => [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE_WIDTH} ${PAGE_HEIGHT}] /Contents ${FIRST_PAGE + 2 * index + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    pdfStream(content),
  ]);
  const kids = pages.map((_, index) => `${FIRST_PAGE + 2 * index} 0 R`).join(' ');
  return makeRawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>',
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /W [1 [${codes.widths().join(' ')}]] >>`,
    '<< /Type /FontDescriptor /FontName /Sample /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
    pdfStream(codes.toUnicodeMap()),
    ...pageObjects,
  ]);
}

/** Number of the first page's object. */
const FIRST_PAGE = 7;

/** Gives each character a code, from 1. */
class CharacterCodes {
  readonly #codes = new Map<string, number>();

  /** The codes of a text as a hexadecimal string of a content stream. */
  encode(text: string): string {
    return Array.from(text)
      .map((character) => hex(this.#codeOf(character)))
      .join('');
  }

  /** Width of each code, in their order. */
  widths(): number[] {
    return [...this.#codes.keys()].map(widthOf);
  }

  toUnicodeMap(): string {
    const entries = [...this.#codes].map(([character, code]) => `<${hex(code)}> <${utf16Hex(character)}>`);
    const blocks: string[] = [];
    for (let start = 0; start < entries.length; start += LARGEST_BLOCK) {
      const block = entries.slice(start, start + LARGEST_BLOCK);
      blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
    }
    return [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
      '/CMapName /Sample-UCS2 def /CMapType 2 def',
      '1 begincodespacerange <0000> <FFFF> endcodespacerange',
      ...blocks,
      'endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n');
  }

  #codeOf(character: string): number {
    const code = this.#codes.get(character) ?? this.#codes.size + 1;
    this.#codes.set(character, code);
    return code;
  }
}

function contentOf(lines: readonly string[], codes: CharacterCodes): string {
  return lines
    .map((line, index) => {
      const y = PAGE_HEIGHT - MARGIN - (index + 1) * LINE_HEIGHT;
      const isRightToLeft = RIGHT_TO_LEFT.test(line);
      const x = isRightToLeft ? PAGE_WIDTH - MARGIN - lineWidth(line) : MARGIN;
      const drawn = isRightToLeft ? reversed(line) : line;
      return `BT /F1 ${FONT_SIZE} Tf 1 0 0 1 ${x.toFixed(1)} ${y} Tm <${codes.encode(drawn)}> Tj ET`;
    })
    .join('\n');
}

function lineWidth(line: string): number {
  return (Array.from(line).reduce((sum, character) => sum + widthOf(character), 0) * FONT_SIZE) / 1_000;
}

function widthOf(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  return WIDE.test(character) ? WIDE_WIDTH : USUAL_WIDTH;
}

/** Reverses a line as shaping engines do: a mark comes before its letter. */
function reversed(line: string): string {
  return Array.from(line).reverse().join('');
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

function utf16Hex(character: string): string {
  return [...Array(character.length).keys()].map((index) => hex(character.charCodeAt(index))).join('');
}

/** A place where a line may break: after a space, or between characters of scripts without spaces. */
const BREAKABLE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}][\p{M}、。，；：！？]*|\S+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|\s|$)|\s+/gu;

/** Breaks a paragraph into lines of at most `columns` characters, where a break is possible. */
export function wrapLines(paragraph: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of paragraph.match(BREAKABLE) ?? []) {
    if (line !== '' && line.length + piece.length > columns) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

import { StandardFonts, rgb, type PDFDocument, type PDFFont, type PDFPage } from 'pdf-lib';

/** How a block of text is set. Lengths are points. */
export interface TextStyle {
  font: 'body' | 'bold' | 'code';
  size: number;
  /** Free space above the block, unless it begins a page. */
  before?: number;
  indent?: number;
}

const PAGE = { width: 420, height: 595, margin: 48 } as const;
const LINE_HEIGHT = 1.4;
const INK = rgb(0.1, 0.12, 0.16);
const PALE = rgb(0.45, 0.48, 0.54);

/** Sets text on pages, from top to bottom; a page that is full is followed by the next. */
export class PageWriter {
  readonly #pdf: PDFDocument;
  readonly #fonts: Record<TextStyle['font'], PDFFont>;
  #page: PDFPage | undefined;
  #y = 0;

  private constructor(pdf: PDFDocument, fonts: Record<TextStyle['font'], PDFFont>) {
    this.#pdf = pdf;
    this.#fonts = fonts;
  }

  static async create(pdf: PDFDocument): Promise<PageWriter> {
    const [body, bold, code] = await Promise.all([
      pdf.embedFont(StandardFonts.TimesRoman),
      pdf.embedFont(StandardFonts.HelveticaBold),
      pdf.embedFont(StandardFonts.Courier),
    ]);
    return new PageWriter(pdf, { body, bold, code });
  }

  /** What is written next begins a page, with this much free space above it. */
  startPage(above = 0): void {
    this.#page = this.#pdf.addPage([PAGE.width, PAGE.height]);
    this.#y = PAGE.height - PAGE.margin - above;
  }

  /** Writes a paragraph, broken into lines at spaces. */
  writeParagraph(text: string, style: TextStyle): void {
    this.writeLines(this.#wrap(text, style), style);
  }

  /** Writes lines as they are. The first two stay together. */
  writeLines(lines: readonly string[], style: TextStyle): void {
    const height = style.size * LINE_HEIGHT;
    this.#y -= style.before ?? 0;
    if (this.#y - 2 * height < PAGE.margin) this.startPage();
    for (const line of lines) {
      if (this.#y - height < PAGE.margin) this.startPage();
      this.#y -= height;
      const x = PAGE.margin + (style.indent ?? 0);
      this.#page?.drawText(line, { x, y: this.#y, size: style.size, font: this.#fonts[style.font], color: INK });
    }
  }

  /** Numbers all pages but the first. */
  numberPages(): void {
    for (const [index, page] of this.#pdf.getPages().entries()) {
      const text = String(index + 1);
      const x = (PAGE.width - this.#fonts.body.widthOfTextAtSize(text, 8)) / 2;
      if (index > 0) page.drawText(text, { x, y: PAGE.margin / 2, size: 8, font: this.#fonts.body, color: PALE });
    }
  }

  #wrap(text: string, { font, size, indent = 0 }: TextStyle): string[] {
    const width = PAGE.width - 2 * PAGE.margin - indent;
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(/\s+/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && this.#fonts[font].widthOfTextAtSize(longer, size) > width) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    return [...lines, line];
  }
}

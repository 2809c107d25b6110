import { getResolvedPDFJS } from 'unpdf';
import { z } from 'zod';
import type { PdfDocument } from '../opening/open-pdf.ts';

type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

/** Width (thousandths of the size) above which a gap between glyphs is a space. */
const SPACE = 200;

/** Displayed glyphs, and the gaps between them (negative: wider). */
const glyphsSchema = z.tuple([z.array(z.union([z.number(), z.object({ unicode: z.string() }), z.null()]))]);
/** An identifier, which changes from call to call for annotations that are not objects, and the place. */
const beginningSchema = z.tuple([z.unknown(), z.array(z.number())]).rest(z.unknown());

function textOfGlyphs(argument: unknown): string {
  const glyphs = glyphsSchema.safeParse(argument);
  if (!glyphs.success) return '';
  const parts = glyphs.data[0].map((glyph) => {
    if (typeof glyph === 'number') return glyph < -SPACE ? ' ' : '';
    return glyph?.unicode ?? '';
  });
  return parts.join('');
}

/** The texts of pictures, in the order in which they are drawn. */
export interface PictureTexts {
  /** The text of the next picture at this place (the annotation's `rect`). Empty if there is none. */
  take: (rect: readonly number[]) => string;
}

const keyOf = (rect: readonly number[]) => rect.map((edge) => edge.toFixed(2)).join(' ');

/**
 * Reads the texts in the pictures of a page's annotations, one line per place. pdf.js gives them together with
 * everything that the page draws. This is costly, and therefore only for pages with such pictures.
 */
export async function pictureTexts(page: PdfPage): Promise<PictureTexts> {
  const { OPS } = await getResolvedPDFJS();
  const { fnArray, argsArray } = await page.getOperatorList();
  const placing = new Set([OPS.beginText, OPS.moveText, OPS.setTextMatrix, OPS.nextLine]);
  const texts = new Map<string, string[]>();
  let open: string | undefined;
  let text = '';
  for (const [index, operator] of fnArray.entries()) {
    if (operator === OPS.beginAnnotation) {
      const beginning = beginningSchema.safeParse(argsArray[index]);
      open = beginning.success ? keyOf(beginning.data[1]) : undefined;
      text = '';
    } else if (open === undefined) {
      continue;
    } else if (operator === OPS.endAnnotation) {
      texts.set(open, [...(texts.get(open) ?? []), tidy(text)]);
      open = undefined;
    } else if (placing.has(operator)) {
      text += '\n';
    } else if (operator === OPS.showText) {
      text += textOfGlyphs(argsArray[index]);
    }
  }
  return { take: (rect) => texts.get(keyOf(rect))?.shift() ?? '' };
}

/** Removes lines without text. */
function tidy(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join('\n');
}

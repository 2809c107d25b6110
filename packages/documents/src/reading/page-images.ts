import { getResolvedPDFJS } from 'unpdf';
import { z } from 'zod';
import { openPdf, type PdfDocument } from './parsers/pdf/opening/open-pdf.ts';
import { decodedImageSchema, toSamples, type DecodedImage } from './image-samples.ts';
import type { PageImage } from './page-image.ts';

type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

/** Fewest pixels of an image that may hold text. Smaller images are ornaments. */
const LEAST_PIXELS = 10_000;

/** The first argument of an operator that paints an image: a name, or the image itself. */
const argumentSchema = z.union([
  z.string(),
  z.object({ data: z.string() }).transform(({ data }) => data),
  decodedImageSchema,
]);

/** The images on some pages (1-based) of a PDF, in drawing order. Small images are left out. */
export async function* pageImages(bytes: Uint8Array, pages: readonly number[]): AsyncGenerator<PageImage, void> {
  const pdf = await openPdf(bytes, { hasImages: true });
  const { OPS } = await getResolvedPDFJS();
  const painters = new Set([OPS.paintImageXObject, OPS.paintImageMaskXObject, OPS.paintInlineImageXObject]);
  try {
    for (const number of pages) {
      const page = await pdf.getPage(number);
      for await (const image of decodedImages(page, painters)) {
        if (image.width * image.height >= LEAST_PIXELS) yield { page: number, ...toSamples(image) };
      }
      page.cleanup();
    }
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function* decodedImages(page: PdfPage, painters: ReadonlySet<number>): AsyncGenerator<DecodedImage, void> {
  const { fnArray, argsArray } = await page.getOperatorList();
  for (const [index, operator] of fnArray.entries()) {
    if (!painters.has(operator)) continue;
    const [first] = z.array(z.unknown()).parse(argsArray[index]);
    const argument = argumentSchema.safeParse(first);
    if (!argument.success) continue;
    const image = typeof argument.data === 'string' ? await objectOf(page, argument.data) : argument.data;
    if (image !== undefined) yield image;
  }
}

/** An image that several operators or pages share. */
async function objectOf(page: PdfPage, name: string): Promise<DecodedImage | undefined> {
  const objects = name.startsWith('g_') ? page.commonObjs : page.objs;
  const found = await new Promise<unknown>((resolve) => void objects.get(name, resolve));
  return decodedImageSchema.safeParse(found).data;
}

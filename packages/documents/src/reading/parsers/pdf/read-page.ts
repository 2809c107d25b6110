import { withActualText } from './text/actual-text.ts';
import type { AnnotationReader } from './annotations/annotation-reader.ts';
import { annotationTexts, attachedFiles, isDrawn, visibleOf } from './annotations/annotations.ts';
import type { PdfDocument } from './opening/open-pdf.ts';
import type { PictureTexts } from './annotations/picture-texts.ts';
import { rowsOf, type Row } from './layout/rows.ts';
import { isRightToLeft } from './text/segment-text.ts';
import { framesOf, type PdfTextItem } from './text/text-runs.ts';

/** The rows of a page in one direction of writing. */
export interface PageFrame {
  rows: Row[];
  /** Columns are read from right to left. */
  isFromRight: boolean;
  /** The height of a point of the page (points of PDF) in this frame. */
  heightOf: (x: number, y: number) => number;
}

/** The content of a page before it is put in order. */
export interface PageContent {
  page: number;
  /** The direction of most of the text comes first. */
  frames: PageFrame[];
  /** Texts without a place in the page's lines: values of form fields, comments. */
  texts: string[];
  /** Names of files that are attached to the page. */
  files: string[];
  /** Parts of words with a hyphen in them. */
  hyphenated: string[];
}

type Item = ReturnType<typeof withActualText>[number];

/** XFA forms give text without a place. */
function hasPlace(item: Item): item is PdfTextItem {
  return 'transform' in item;
}

function textWithoutPlace(item: Item): string[] {
  return hasPlace(item) ? [] : [item.str];
}

/** The library that reads such pictures is loaded with the first one, because few pages have any. */
async function readPictures(page: Awaited<ReturnType<PdfDocument['getPage']>>): Promise<PictureTexts> {
  const { pictureTexts } = await import('./annotations/picture-texts.ts');
  return pictureTexts(page);
}

/** Reads a page (1-based). */
export async function readPage(
  pdf: PdfDocument,
  pageNumber: number,
  annotationReader: AnnotationReader,
): Promise<PageContent> {
  const page = await pdf.getPage(pageNumber);
  try {
    const { items: marked, styles } = await page.getTextContent({ includeMarkedContent: true });
    const items = withActualText(marked);
    const annotations = await annotationReader.read(pageNumber).catch(() => []);
    const visible = visibleOf(annotations);
    const pictures = visible.some(isDrawn) ? await readPictures(page).catch(() => undefined) : undefined;
    const frames = framesOf(items.filter(hasPlace), styles);
    return {
      page: pageNumber,
      frames: frames.map(({ runs, isVertical, heightOf }) => ({
        rows: rowsOf(runs),
        isFromRight: !isVertical && isRightToLeft(runs),
        heightOf,
      })),
      texts: [...items.flatMap(textWithoutPlace), ...annotationTexts(visible, pictures)],
      files: attachedFiles(annotations),
      hyphenated: frames.flatMap(({ runs }) => runs.map(({ text }) => text).filter((text) => text.includes('-'))),
    };
  } finally {
    page.cleanup();
  }
}

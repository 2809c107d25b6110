import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { DocumentError } from '../../../document-error.ts';
import { correctCollections } from './character-collections.ts';
import { ensureBuffersTransfer, withNativeMethods } from './native-methods.ts';

export type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

/**
 * The data that pdf.js needs besides its code: CMaps (the encodings of Chinese, Japanese and Korean fonts) and the
 * metrics of the standard fonts. The package `pdfjs-dist` holds them and is resolved from this package's folder.
 */
function readerData(): { cMapUrl: string; standardFontDataUrl: string } {
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return { cMapUrl: `${folder}/cmaps/`, standardFontDataUrl: `${folder}/standard_fonts/` };
}

let prepared: Promise<void> | undefined;

/**
 * Gives pdf.js the parser of `pdfjs-dist`, of the same version as unpdf's. unpdf's own stands in the same place and goes.
 * A team that installs this package gets another `pdfjs-dist`, without the patch: the build bundles the parser.
 * Its patch (`patches/`):
 * - hands on `/ActualText`;
 * - reads names of glyphs without their suffixes (`one.oldstyle`) and by their parts (`f_i`);
 * - reads the signs of ZapfDingbats as such;
 * - keeps the order of the letters of one glyph in text from right to left;
 * - reads composite fonts that have no descriptor by their encoding;
 * - asks for no password where only attached files are encrypted or where the owner password is empty;
 * - keeps what was unpacked of a damaged stream in front of the damage;
 * - reads fonts of the system that are shown by numbers of glyphs (`Arial` with `Identity-H`) by those numbers;
 * - takes no distance between letters (`Tc`) for a space in text that is spaced throughout;
 * - keeps a space in front of a letter that stands within the width of the one before;
 * - knows annotations of films and sounds (`RichMedia`);
 * - unpacks a stream in one call of zlib: the page does not wait for a thread;
 * - gives all states of text one shape, and computes the place of a glyph without arrays in between;
 * - does not make Node load its HTTP client;
 * - states the type of the parser.
 */
async function prepare(): Promise<void> {
  const [pdfjsWorker] = await Promise.all([
    withNativeMethods(() => import('pdfjs-dist/legacy/build/pdf.worker.mjs')),
    getResolvedPDFJS(),
  ]);
  Object.assign(globalThis, { pdfjsWorker });
}

/** The document's fault in plain words. */
export function pdfRefusal(error: unknown): DocumentError {
  if (error instanceof DocumentError) return error;
  if (error instanceof Error && error.name === 'PasswordException') {
    return new DocumentError(
      'DOCUMENT_ENCRYPTED',
      'the PDF is encrypted: save it without a password and upload it again',
    );
  }
  return new DocumentError(
    'DOCUMENT_UNREADABLE',
    'the PDF is broken and cannot be read: save or export it again and upload it',
    { cause: error },
  );
}

/** Largest image (pixels) that is decoded for text: the letters of Type 3 fonts are images. */
const MOST_PIXELS = 1_000_000;

interface Opening {
  enableXfa: boolean;
  /** Whether the caller may request images. Otherwise only small images are decoded. */
  hasImages: boolean;
}

async function open(bytes: Uint8Array, { enableXfa, hasImages }: Opening): Promise<PdfDocument> {
  ensureBuffersTransfer();
  prepared ??= prepare();
  await prepared;
  return getDocumentProxy(bytes, {
    ...(hasImages ? {} : { maxImageSize: MOST_PIXELS }),
    verbosity: 0,
    stopAtErrors: false,
    useWorkerFetch: false,
    useSystemFonts: false,
    enableXfa,
    ...readerData(),
  });
}

/** Opens a PDF with XFA forms. If that fails, opens it without them. pdf.js takes over the bytes that it gets. */
async function openWithForms(bytes: Uint8Array, hasImages: boolean): Promise<PdfDocument> {
  const plain = { enableXfa: false, hasImages };
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('/XFA')) return open(bytes, plain);
  const copy = new Uint8Array(bytes);
  return open(bytes, { enableXfa: true, hasImages }).catch(() => open(copy, plain));
}

/**
 * Opens a PDF, with an empty user password if it needs one. The bytes belong to the reader afterwards.
 * @throws DocumentError if it is encrypted, broken or without pages.
 */
export async function openPdf(bytes: Uint8Array, { hasImages }: { hasImages: boolean }): Promise<PdfDocument> {
  // pdf.js refuses a Buffer.
  const own = Buffer.isBuffer(bytes) ? new Uint8Array(bytes) : bytes;
  correctCollections(own);
  const pdf = await openWithForms(own, hasImages).catch((error: unknown) => {
    throw pdfRefusal(error);
  });
  if (pdf.numPages > 0) return pdf;
  await pdf.loadingTask.destroy();
  throw new DocumentError('DOCUMENT_UNREADABLE', 'the PDF has no pages: save or export it again and upload it');
}

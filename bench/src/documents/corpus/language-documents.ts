import { LANGUAGE_SAMPLES, makeUnicodePdf, wrapLines, type LanguageSample } from '@taskwire/documents/testing';
import { type CorpusDocument, plainTextOf } from './corpus-document.ts';
import { csvOf, docxOf, emlOf, epubOf, odtOf, pptxOf, rtfOf } from './office-formats.ts';

/** Characters in a line of a page: few enough for wide ones. */
const PDF_COLUMNS = 40;

/** A format, and how a sample is written in it. */
interface Format {
  group: string;
  extension: string;
  write: (sample: LanguageSample) => Uint8Array | Promise<Uint8Array>;
}

const FORMATS: readonly Format[] = [
  { group: 'text, UTF-8', extension: 'txt', write: (sample) => Buffer.from(plainTextOf(sample)) },
  { group: 'Markdown', extension: 'md', write: (sample) => Buffer.from(markdownOf(sample)) },
  { group: 'HTML', extension: 'html', write: (sample) => Buffer.from(htmlOf(sample)) },
  { group: 'PDF', extension: 'pdf', write: (sample) => makeUnicodePdf(pagesOf(sample)) },
  { group: 'DOCX', extension: 'docx', write: docxOf },
  { group: 'PPTX', extension: 'pptx', write: pptxOf },
  { group: 'ODT', extension: 'odt', write: odtOf },
  { group: 'EPUB', extension: 'epub', write: epubOf },
  { group: 'RTF', extension: 'rtf', write: rtfOf },
  { group: 'EML', extension: 'eml', write: emlOf },
  { group: 'CSV', extension: 'csv', write: csvOf },
];

/** Every sample in every format. */
export function languageDocuments(): CorpusDocument[] {
  return FORMATS.flatMap(({ group, extension, write }) =>
    LANGUAGE_SAMPLES.map((sample) => ({
      name: `${sample.language}.${extension}`,
      group,
      content: { make: () => write(sample) },
      text: plainTextOf(sample),
      expected: 'done',
    })),
  );
}

function markdownOf({ title, paragraphs }: LanguageSample): string {
  return [`# ${title}`, ...paragraphs.map(({ text }) => text)].join('\n\n') + '\n';
}

function htmlOf({ language, title, paragraphs }: LanguageSample): string {
  const body = paragraphs.map(({ text }) => `<p>${text}</p>`).join('\n');
  const head = `<head><meta charset="utf-8"><title>${title}</title></head>`;
  return `<!doctype html>\n<html lang="${language}">${head}\n<body><h1>${title}</h1>\n${body}\n</body></html>\n`;
}

/** A page for the title, and one for each paragraph. */
function pagesOf({ title, paragraphs }: LanguageSample): string[][] {
  return [[title], ...paragraphs.map(({ text }) => wrapLines(text, PDF_COLUMNS))];
}

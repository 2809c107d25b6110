import type { ParsedPart, Parser } from '../section.ts';

/**
 * Parsers by media type. Each is loaded at its first use, so that a process that reads one document loads one parser.
 */
const PARSERS: ReadonlyMap<string, Parser> = new Map([
  ['application/pdf', lazy(async () => (await import('./pdf/parse-pdf.ts')).parsePdf)],
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    lazy(async () => (await import('./docx/parse-docx.ts')).parseDocx),
  ],
  [
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    lazy(async () => (await import('./pptx/parse-pptx.ts')).parsePptx),
  ],
  [
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    lazy(async () => (await import('./xlsx/parse-xlsx.ts')).parseXlsx),
  ],
  ['application/vnd.oasis.opendocument.text', lazy(async () => (await import('./odt/parse-odt.ts')).parseOdt)],
  ['application/vnd.oasis.opendocument.presentation', lazy(async () => (await import('./odt/parse-odt.ts')).parseOdt)],
  ['application/vnd.oasis.opendocument.spreadsheet', lazy(async () => (await import('./ods/parse-ods.ts')).parseOds)],
  ['application/epub+zip', lazy(async () => (await import('./epub/parse-epub.ts')).parseEpub)],
  ['application/rtf', lazy(async () => (await import('./rtf/parse-rtf.ts')).parseRtf)],
  ['message/rfc822', lazy(async () => (await import('./eml/parse-eml.ts')).parseEml)],
  ['text/csv', lazy(async () => (await import('./csv/parse-csv.ts')).parseCsv)],
  ['text/tab-separated-values', lazy(async () => (await import('./csv/parse-csv.ts')).parseCsv)],
  ['text/markdown', lazy(async () => (await import('./markdown.ts')).parseMarkdown)],
  ['text/html', lazy(async () => (await import('./html.ts')).parseHtml)],
  ['text/plain', lazy(async () => (await import('./plain-text.ts')).parsePlainText)],
]);

/** The parser of a media type; undefined if there is none. */
export function parserOf(mediaType: string): Parser | undefined {
  return PARSERS.get(mediaType);
}

function lazy(load: () => Promise<Parser>): Parser {
  return async function* (bytes, limits): AsyncGenerator<ParsedPart, void> {
    yield* (await load())(bytes, limits);
  };
}

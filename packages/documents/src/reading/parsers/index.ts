import type { ParsedPart, Parser } from '../section.ts';

/** Every parser is loaded when it is first used: a process that reads one document loads one. */
const PARSERS: ReadonlyMap<string, Parser> = new Map([
  ['application/pdf', loaded(async () => (await import('./pdf/parse-pdf.ts')).parsePdf)],
  ['text/markdown', loaded(async () => (await import('./markdown.ts')).parseMarkdown)],
  ['text/html', loaded(async () => (await import('./html.ts')).parseHtml)],
  ['text/plain', loaded(async () => (await import('./plain-text.ts')).parsePlainText)],
]);

/** The parser of a media type, or undefined if there is none. */
export function parserOf(mediaType: string): Parser | undefined {
  return PARSERS.get(mediaType);
}

function loaded(load: () => Promise<Parser>): Parser {
  return async function* (bytes, limits): AsyncGenerator<ParsedPart, void> {
    yield* (await load())(bytes, limits);
  };
}

import type { Parser } from '../section.ts';
import { parseHtml } from './html.ts';
import { parseMarkdown } from './markdown.ts';
import { parsePdf } from './pdf/parse-pdf.ts';
import { parsePlainText } from './plain-text.ts';

const PARSERS: ReadonlyMap<string, Parser> = new Map([
  ['application/pdf', parsePdf],
  ['text/markdown', parseMarkdown],
  ['text/html', parseHtml],
  ['text/plain', parsePlainText],
]);

/** The parser of a media type, or undefined if there is none. */
export function parserOf(mediaType: string): Parser | undefined {
  return PARSERS.get(mediaType);
}

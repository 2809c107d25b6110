import { decodePieces } from '../encodings/decode-pieces.ts';
import type { ParsedPart } from '../section.ts';
import { SectionCollector } from '../section-collector.ts';
import { HtmlText } from './html-text.ts';

/** Reads a web page: one page, headings from `title` and `h1` to `h6`, without scripts and styles. */
export async function* parseHtml(bytes: Uint8Array): AsyncGenerator<ParsedPart, void> {
  const collector = new SectionCollector();
  const html = new HtmlText(collector);
  for (const { text, done } of decodePieces(bytes)) {
    html.write(text);
    yield { sections: collector.take(), pages: 1, done, total: bytes.length };
  }
  html.end();
  yield { sections: collector.finish(), pages: 1, done: bytes.length, total: bytes.length };
}

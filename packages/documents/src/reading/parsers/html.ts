import { isUtf8 } from 'node:buffer';
import { decodePieces, detectEncoding } from '../decode-text.ts';
import type { ParsedPart } from '../section.ts';
import { SectionCollector } from '../section-collector.ts';
import { HtmlText } from './html-text.ts';

/** Where a page must declare its encoding: https://html.spec.whatwg.org/multipage/semantics.html#charset */
const DECLARATION_BYTES = 1_024;

/** The encoding that the page declares, if it is one that can be decoded. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, DECLARATION_BYTES));
  const label = /<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)/i.exec(start)?.[1];
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** What the bytes themselves show comes first: pages are often saved in another encoding than they declare. */
function encodingOf(bytes: Uint8Array): string {
  const detected = detectEncoding(bytes);
  if (isUtf8(bytes) || detected.startsWith('utf-16')) return detected;
  const declared = declaredEncoding(bytes);
  return declared === undefined || declared.startsWith('utf-16') ? detected : declared;
}

/** Reads a web page: one page, headings from `title` and `h1` to `h6`, no scripts and styles. */
export async function* parseHtml(bytes: Uint8Array): AsyncGenerator<ParsedPart, void> {
  const collector = new SectionCollector();
  const html = new HtmlText(collector);
  for (const { text, done } of decodePieces(bytes, encodingOf(bytes))) {
    html.write(text);
    yield { sections: collector.take(), pages: 1, done, total: bytes.length };
  }
  html.end();
  yield { sections: collector.finish(), pages: 1, done: bytes.length, total: bytes.length };
}

import { decodePieces, encodingOf } from '../encodings/decode-pieces.ts';
import type { ParsedPart } from '../section.ts';
import { SectionCollector } from '../section-collector.ts';
import { TerminalText } from '../terminal-text.ts';
import { countPages, PAGE_BREAK } from './text-pages.ts';

/** Reads plain text in any encoding: no headings, a new page after each form feed. */
export async function* parsePlainText(bytes: Uint8Array): AsyncGenerator<ParsedPart, void> {
  const collector = new SectionCollector();
  const terminal = new TerminalText();
  const encoding = encodingOf(bytes);
  const pages = countPages(bytes, encoding);
  const total = bytes.length;
  let page = 1;
  const add = (text: string) => {
    for (const [index, part] of text.split(PAGE_BREAK).entries()) {
      if (index > 0 && page < pages) collector.startPage((page += 1));
      collector.add(part);
    }
  };
  for (const { text, done } of decodePieces(bytes, encoding)) {
    add(terminal.write(text));
    const itemName = pages === 1 ? {} : { itemName: `page ${page} of ${pages}` };
    yield { sections: collector.take(), pages, done, total, ...itemName };
  }
  add(terminal.end());
  yield { sections: collector.finish(), pages, done: total, total };
}

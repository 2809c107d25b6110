import { decodePieces } from '../encodings/decode-pieces.ts';
import type { ParsedPart } from '../section.ts';
import { SectionCollector } from '../section-collector.ts';

/** Reads plain text in whatever encoding it is written in: one page, no headings. */
export async function* parsePlainText(bytes: Uint8Array): AsyncGenerator<ParsedPart, void> {
  const collector = new SectionCollector();
  for (const { text, done } of decodePieces(bytes)) {
    collector.add(text);
    yield { sections: collector.take(), pages: 1, done, total: bytes.length };
  }
  yield { sections: collector.finish(), pages: 1, done: bytes.length, total: bytes.length };
}

import { decodePieces } from '../encodings/decode-pieces.ts';
import type { ParsedPart } from '../section.ts';
import { SectionCollector } from '../section-collector.ts';
import { collectMarkdown } from './markdown-text.ts';

/** Once this much (characters) is gathered, it is parsed up to the next heading: a tree of all would take too much. */
const PIECE_LENGTH = 131_072;

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^#{1,6}[ \t]/;

/** The settings block that some tools put in front: it is no text of the document. */
function withoutFrontMatter(text: string): string {
  return text.replace(/^---[ \t]*\r?\n[\s\S]{0,20000}?\r?\n(?:---|\.\.\.)[ \t]*\r?\n/, '');
}

/** Gathers lines, and says where a piece ends: before a heading at the margin, outside of fenced code. */
class PieceSplitter {
  #lines: string[] = [];
  #length = 0;
  #fence: string | undefined;

  /** @returns the piece that ends before this line, if one does. */
  next(line: string): string | undefined {
    const ended =
      this.#fence === undefined && this.#length >= PIECE_LENGTH && HEADING.test(line) ? this.rest() : undefined;
    this.#followFence(line);
    this.#lines.push(line);
    this.#length += line.length + 1;
    return ended;
  }

  rest(): string {
    const piece = this.#lines.join('\n');
    this.#lines = [];
    this.#length = 0;
    return piece;
  }

  #followFence(line: string): void {
    const mark = FENCE.exec(line)?.[1];
    if (mark === undefined) return;
    if (this.#fence === undefined) this.#fence = mark;
    else if (mark.startsWith(this.#fence) && line.trim() === mark) this.#fence = undefined;
  }
}

/** The lines of a text file, with how many bytes are read by then. */
function* linesOf(bytes: Uint8Array): Generator<{ line: string; done: number }, void> {
  let open = '';
  let first = true;
  for (const { text, done } of decodePieces(bytes)) {
    const lines = (first ? withoutFrontMatter(text) : open + text).split('\n');
    first = false;
    open = lines.pop() ?? '';
    for (const line of lines) yield { line, done };
  }
  yield { line: open, done: bytes.length };
}

/** Reads Markdown (CommonMark): one page, sections by heading. */
export async function* parseMarkdown(bytes: Uint8Array): AsyncGenerator<ParsedPart, void> {
  const collector = new SectionCollector();
  const splitter = new PieceSplitter();
  for (const { line, done } of linesOf(bytes)) {
    const piece = splitter.next(line);
    if (piece === undefined) continue;
    collectMarkdown(piece, collector);
    yield { sections: collector.take(), pages: 1, done, total: bytes.length };
  }
  collectMarkdown(splitter.rest(), collector);
  yield { sections: collector.finish(), pages: 1, done: bytes.length, total: bytes.length };
}

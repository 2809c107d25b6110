import { RowSections } from '../../blocks/row-sections.ts';
import { decodePieces } from '../../encodings/decode-pieces.ts';
import { SectionCollector } from '../../section-collector.ts';
import type { ParsedPart } from '../../section.ts';
import { findDelimiter, namedDelimiter } from './find-delimiter.ts';
import { readRows } from './read-rows.ts';

/** Rows per part. */
const ROWS_A_PART = 500;

/**
 * Reads a table (CSV or TSV) in any encoding and with any delimiter: one page, one line per row, column names as
 * heading. After an unclosed quote, quotes are text.
 */
export async function* parseCsv(bytes: Uint8Array): AsyncGenerator<ParsedPart, void> {
  const table = new CsvTable(bytes);
  let unread = 0;
  for await (const cells of table.rows()) {
    table.sections.add(cells);
    unread += 1;
    if (unread % ROWS_A_PART === 0) yield table.part();
  }
  yield table.part();
  for (const text of table.rest()) {
    table.collector.add(text);
    yield table.part();
  }
  const warning = table.warning === undefined ? {} : { warning: table.warning };
  yield { sections: table.collector.finish(), pages: 1, done: bytes.length, total: bytes.length, ...warning };
}

/** A table that is being read. */
class CsvTable {
  readonly collector = new SectionCollector();
  readonly sections = new RowSections(this.collector, 1);
  warning: string | undefined;
  readonly #bytes: Uint8Array;
  #done = 0;
  /** Bytes (UTF-8) of text that were read. */
  #read = 0;
  #isTable = true;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  async *rows(): AsyncGenerator<string[], void> {
    const start = firstPiece(this.#bytes);
    const named = namedDelimiter(start);
    const delimiter = named?.delimiter ?? findDelimiter(start);
    this.#read = Buffer.byteLength(start.slice(0, named?.length ?? 0));
    for (const hasQuotes of [true, false]) {
      let end: number | undefined;
      yield* readRows(this.#pieces(), { delimiter, hasQuotes, onEarlyEnd: (bytes) => (end = bytes) });
      if (end === undefined) return;
      this.#read += end;
      this.warning = hasQuotes
        ? 'a quote is never closed: from there on, quotes are read as text'
        : 'a row is longer than 1 MiB: from there on, the file is read as text';
    }
    this.#isTable = false;
  }

  /** The text after the rows, if the file stops being a table. */
  *rest(): Generator<string, void> {
    if (this.#isTable) return;
    for (const piece of this.#pieces()) yield piece.toString();
  }

  part(): ParsedPart {
    return { sections: this.collector.take(), pages: 1, done: this.#done, total: this.#bytes.length };
  }

  /** The text that was not read yet. */
  *#pieces(): Generator<Buffer, void> {
    let skip = this.#read;
    for (const { text, done } of decodePieces(this.#bytes)) {
      const piece = Buffer.from(text);
      this.#done = done;
      if (skip < piece.length) yield piece.subarray(skip);
      skip = Math.max(0, skip - piece.length);
    }
  }
}

function firstPiece(bytes: Uint8Array): string {
  for (const { text } of decodePieces(bytes)) return text;
  return '';
}

import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';

/** Largest row (bytes). A longer row means an unclosed quote, or a file that is no table. */
const LONGEST_ROW = 1_048_576;

/** The marks that divide a table into rows and cells. */
export interface RowOptions {
  delimiter: string;
  hasQuotes: boolean;
  /** Gets the bytes (UTF-8) of the rows if they end before the text does. */
  onEarlyEnd: (bytes: number) => void;
}

/** Reads the rows of a table from pieces of its text. */
export async function* readRows(
  pieces: Iterable<string | Buffer>,
  { delimiter, hasQuotes, onEarlyEnd }: RowOptions,
): AsyncGenerator<string[], void> {
  /** End offsets (bytes of UTF-8 from the start of the text) of the rows that wait in the parser. */
  const ends: number[] = [];
  const parser = parse({
    delimiter,
    quote: hasQuotes ? '"' : null,
    escape: hasQuotes ? '"' : null,
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    on_record: (cells, { bytes: end }) => {
      ends.push(end);
      return cells;
    },
  });
  const source = Readable.from(pieces);
  source.on('error', (error) => parser.destroy(error));
  let bytes = 0;
  try {
    const rows: AsyncIterable<string[]> = source.pipe(parser);
    for await (const cells of rows) {
      bytes = ends.shift() ?? bytes;
      yield cells;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    onEarlyEnd(bytes);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

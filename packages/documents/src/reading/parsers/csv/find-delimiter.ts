const CANDIDATES = ['\t', ';', ',', '|'];
/** Lines that are examined. */
const SAMPLE_LINES = 100;

/** The delimiter in a first line `sep=;`, as Excel writes it, and the length of that line. */
export function namedDelimiter(start: string): { delimiter: string; length: number } | undefined {
  const match = /^\ufeff?sep=([^\r\n])(?:\r\n|\n|\r)/i.exec(start);
  return match?.[1] === undefined ? undefined : { delimiter: match[1], length: match[0].length };
}

/** The delimiter of a table: the one that occurs equally often in most lines, else a comma. */
export function findDelimiter(start: string): string {
  const lines = withoutQuotes(start)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  // The last line of a sample may be cut off.
  const whole = lines.length > 1 ? lines.slice(0, Math.min(lines.length - 1, SAMPLE_LINES)) : lines;
  const scores = CANDIDATES.map((delimiter) => ({ delimiter, score: scoreOf(delimiter, whole) }));
  const best = scores.reduce((most, each) => (each.score > most.score ? each : most), { delimiter: ',', score: 0 });
  return best.delimiter;
}

function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"/g, '');
}

/** The share of lines with the most frequent count of this delimiter. Between equal shares, more columns win. */
function scoreOf(delimiter: string, lines: readonly string[]): number {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const count = line.split(delimiter).length - 1;
    if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
  }
  const none: [columns: number, lines: number] = [0, 0];
  const [columns, agreeing] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), none);
  return agreeing / Math.max(1, lines.length) + Math.min(columns, 100) / 10_000;
}

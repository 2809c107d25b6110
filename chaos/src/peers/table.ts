import { type Contestant, FAULT_TITLES, type FaultName, FAULTS } from './contestant.ts';
import { gapSignalled, type Result } from './results.ts';

const HEAD = [
  'fault',
  'product',
  'produced',
  'received',
  'lost',
  'reported',
  'dup',
  'disorder',
  'gap signalled',
  'ended',
];
const TEXT_COLUMNS = 2;

function cells(result: Result): string[] {
  const { produced, received, lost, reported, duplicated, outOfOrder, roundsEnded, rounds } = result;
  const figures = [produced, received, lost, reported, duplicated, outOfOrder].map(String);
  return [result.contestant, ...figures, gapSignalled(result), `${roundsEnded}/${rounds}`];
}

function rowsOf(fault: FaultName, contestants: readonly Contestant[], results: readonly Result[]): string[][] {
  return contestants.map(({ name }, index) => {
    const title = index === 0 ? FAULT_TITLES[fault] : '';
    const result = results.find((each) => each.fault === fault && each.contestant === name);
    return [title, ...(result === undefined ? [name, ...HEAD.slice(TEXT_COLUMNS).map(() => 'n/a')] : cells(result))];
  });
}

function line(row: readonly string[], widths: readonly number[]): string {
  const padded = widths.map((width, column) => {
    const text = row[column] ?? '';
    return column < TEXT_COLUMNS ? text.padEnd(width) : text.padStart(width);
  });
  return padded.join('  ').trimEnd();
}

/** One block of lines for each fault, one line for each product. */
export function renderTable(contestants: readonly Contestant[], results: readonly Result[]): string {
  const blocks = FAULTS.map((fault) => rowsOf(fault, contestants, results));
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...blocks.flat().map((row) => row[column]?.length ?? 0)),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  const body = blocks.map((rows) => [rule, ...rows.map((row) => line(row, widths))].join('\n'));
  return [line(HEAD, widths), ...body].join('\n');
}

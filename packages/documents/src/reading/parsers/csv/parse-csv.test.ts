import { expect, it } from 'vitest';
import { collect, sectionsOf } from '../../../testing/collect.ts';
import { parseCsv } from './parse-csv.ts';

const read = (text: string | Uint8Array) => sectionsOf(parseCsv(Buffer.from(text)));

it.each([
  ['a comma', 'Name,City\nAda,London\n'],
  ['a semicolon', 'Name;City\r\nAda;London\r\n'],
  ['a tab', 'Name\tCity\nAda\tLondon'],
  ['a bar', 'Name|City\nAda|London'],
  ['a delimiter that its first line names', 'sep=#\r\nName#City\r\nAda#London'],
  ['a byte order mark', '\ufeffName,City\nAda,London'],
])('a table with %s is read, its neighbouring values beside each other', async (_what, text) => {
  expect(await read(text)).toEqual([{ page: 1, heading: 'Name | City', text: 'Name | City\nAda | London' }]);
});

it('a value in quotes keeps delimiters, quotes and, on one line, line ends', async () => {
  const text = 'Name,Note\nAda,"one, ""two""\nthree"\nBob,5" pipe\n';
  expect((await read(text)).map((section) => section.text)).toEqual([
    'Name | Note\nAda | one, "two" three\nBob | 5" pipe',
  ]);
});

it('a first row with numbers is no heading', async () => {
  expect(await read('Ada,1815\nBob,1900')).toEqual([{ page: 1, text: 'Ada | 1815\nBob | 1900' }]);
});

it('a table in an old encoding is decoded', async () => {
  const rows = 'Straße;Größe\nMüllerstraße;größer\n'.repeat(20);
  expect((await read(Buffer.from(rows, 'latin1')))[0]?.text).toContain('Müllerstraße | größer');
});

it('from a quote that is never closed on, rows are read with quotes as text, and a warning says so', async () => {
  const rows = Array.from({ length: 60_000 }, (_, index) => `${index},name ${index}`);
  rows[10] = '10,"broken';
  const parts = await collect(parseCsv(Buffer.from(rows.join('\n'))));
  const text = parts.flatMap(({ sections }) => sections.map((section) => section.text)).join('\n');
  expect(text).toContain('9 | name 9\n10 | "broken\n11 | name 11');
  expect(text).toContain('59999 | name 59999');
  expect(parts.at(-1)?.warning).toContain('never closed');
});

it('a file of one row is read as text, and an empty file is empty', async () => {
  const parts = await collect(parseCsv(Buffer.from('word,'.repeat(300_000))));
  const text = parts.flatMap(({ sections }) => sections.map((section) => section.text)).join('');
  expect(text.match(/word/g)?.length).toBe(300_000);
  expect(await read('')).toEqual([]);
});

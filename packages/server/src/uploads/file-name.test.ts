import { expect, test } from 'vitest';
import { sanitizeFileName } from './file-name.ts';

test.each([
  ['report.pdf', 'report.pdf'],
  ['Übersicht 2024 – final.pdf', 'Übersicht 2024 – final.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ada\\notes.md', 'notes.md'],
  ['a\r\nSet-Cookie: x.txt', 'aSet-Cookie: x.txt'],
  ['nul\u0000.txt', 'nul.txt'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['..', 'upload'],
  ['', 'upload'],
  ['folder/', 'upload'],
  [undefined, 'upload'],
])('%j is kept as %j', (claimed, kept) => {
  expect(sanitizeFileName(claimed)).toBe(kept);
});

test('a long name is cut to 255 characters before its ending, never through a character', () => {
  const long = sanitizeFileName(`${'x'.repeat(250)}😀😀.markdown`);
  expect(long).toHaveLength(255);
  expect(long).toMatch(/^x+\.markdown$/);
  const emoji = sanitizeFileName('😀'.repeat(200));
  expect(emoji.length).toBeLessThanOrEqual(255);
  expect(new TextDecoder().decode(new TextEncoder().encode(emoji))).toBe(emoji);
});

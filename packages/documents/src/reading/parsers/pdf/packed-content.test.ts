import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { sectionsOf } from '../../../testing/collect.ts';
import { makeRawPage, makeRawPdf } from '../../../testing/making/make-raw-pdf.ts';
import { parsePdf } from './parse-pdf.ts';

const LINES = Array.from({ length: 60 }, (_, index) => `line${String(index)}`);
const CONTENT = `BT /F1 10 Tf 12 TL 72 800 Td ${LINES.map((line) => `(${line}) Tj T*`).join(' ')} ET`;

/** The text of a page whose content is packed; `damage` changes the packed bytes. */
async function textOf(damage: (packed: Buffer) => Buffer): Promise<string> {
  const [catalog = '', pages = '', page = ''] = makeRawPage('');
  const packed = damage(deflateSync(CONTENT));
  const stream = `<< /Filter /FlateDecode /Length ${String(packed.length)} >>\nstream\n${packed.toString('latin1')}\nendstream`;
  const sections = await sectionsOf(parsePdf(makeRawPdf([catalog, pages, page, stream])));
  return sections.map(({ text }) => text).join('\n');
}

it.each<[string, (packed: Buffer) => Buffer, number]>([
  ['whole', (packed) => packed, 60],
  ['followed by other bytes', (packed) => Buffer.concat([packed, Buffer.from('\nrest')]), 60],
  ['without its checksum', (packed) => packed.subarray(0, -4), 60],
  ['with a wrong checksum', (packed) => Buffer.concat([packed.subarray(0, -4), Buffer.from('xxxx')]), 60],
  ['cut off', (packed) => packed.subarray(0, Math.floor(packed.length / 2)), 10],
])('content that is packed is read as far as it can be unpacked: %s', async (_, damage, lines) => {
  const text = await textOf(damage);
  for (const line of LINES.slice(0, lines)) expect(text).toContain(line);
});

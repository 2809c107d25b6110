import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { expect, it } from 'vitest';
import { collect } from '../../testing/collect.ts';
import { makeArchive } from '../../testing/making/make-archive.ts';
import { makeDocx, wordParagraph } from '../../testing/making/make-docx.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { readInBox } from './read-in-box.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const { signal } = new AbortController();
const folder = useTemporaryFolder('formats');

async function read(content: string | Uint8Array, mediaType: string, limits = DEFAULT_LIMITS): Promise<string> {
  const path = join(folder.path, 'document');
  await writeFile(path, content);
  const batches = await collect(readInBox({ path, mediaType, limits, signal }));
  return batches.flatMap((parts) => parts.flatMap(({ sections }) => sections.map(({ text }) => text))).join('\n');
}

it.each([
  [DOCX, makeDocx(wordParagraph('quicksilver'))],
  ['application/vnd.oasis.opendocument.text', makeArchive({ 'content.xml': '<d><text:p>quicksilver</text:p></d>' })],
  ['application/rtf', '{\\rtf1 quicksilver}'],
  ['text/csv', 'quicksilver'],
])('%s is read in a box, whose libraries are among the files that it may open', async (mediaType, content) => {
  expect(await read(content, mediaType)).toBe('quicksilver');
});

it('an e-mail with HTML is read in a box', async () => {
  const message = 'Subject: x\r\nContent-Type: text/html\r\n\r\n<p>quicksilver</p>';
  expect(await read(message, 'message/rfc822')).toContain('quicksilver');
});

it('an archive that unpacks to too much ends in a box as too complex, by the limit of unpacked bytes', async () => {
  const bomb = makeDocx(wordParagraph('x'.repeat(4_000_000)));
  const limits = { ...DEFAULT_LIMITS, unpackedBytes: 1_048_576 };
  await expect(read(bomb, DOCX, limits)).rejects.toMatchObject({
    code: 'DOCUMENT_TOO_COMPLEX',
    message: expect.stringContaining('DOCUMENT_UNPACKED_MIB'),
  });
});

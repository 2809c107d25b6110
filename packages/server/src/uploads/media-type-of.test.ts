import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from './media-type-of.ts';
import { sniffMediaType } from './sniff-media-type.ts';

const folder = useTemporaryFolder('media-types');

/** A picture of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');

async function write(content: string | Uint8Array): Promise<string> {
  const path = join(folder.path, 'file');
  await writeFile(path, content);
  return path;
}

describe('mediaTypeOf', () => {
  it.each<[string, string | Uint8Array, string, string]>([
    ['a PNG, whatever its name says', PNG, 'report.txt', 'image/png'],
    ['a JPEG', JPEG, 'x', 'image/jpeg'],
    ['a GIF', Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(20)]), 'x', 'image/gif'],
    ['a PDF', '%PDF-1.7\n', 'x', 'application/pdf'],
    ['a gzip file', Buffer.from('1f8b0800000000000003', 'hex'), 'x.txt', 'application/gzip'],
    ['a WAV', Buffer.concat([Buffer.from('RIFF\u0024\u0000\u0000\u0000WAVEfmt '), Buffer.alloc(20)]), 'x', 'audio/wav'],
    ['text', 'words', 'x', 'text/plain'],
    ['text that begins like a bitmap', 'BMW makes cars', 'x', 'text/plain'],
    ['text that begins like a program', 'MZ is a signature', 'x.txt', 'text/plain'],
    ['text in UTF-16', Buffer.from('\uFEFFGrüße', 'utf16le'), 'x.txt', 'text/plain'],
    ['Markdown', '# Title', 'README.md', 'text/markdown'],
    ['JSON', '{"a":1}', 'data.json', 'application/json'],
    ['CSV', 'a,b\n1,2', 'data.csv', 'text/csv'],
    ['text that is named like a video', 'const a = 1;', 'code.ts', 'text/plain'],
    ['text that is named like a picture', 'words', 'x.png', 'text/plain'],
    ['SVG', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'x.svg', 'image/svg+xml'],
    ['SVG without a declaration', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'x.svg', 'image/svg+xml'],
    ['XML', '<?xml version="1.0"?><a/>', 'x.xml', 'application/xml'],
    ['a text with a NUL', 'a\u0000b', 'x.txt', 'application/octet-stream'],
    ['a file that is binary from its middle on', `${'x'.repeat(70_000)}\u0001`, 'x', 'application/octet-stream'],
    ['text that is not UTF-8', Buffer.from('Grüße', 'latin1'), 'x', 'application/octet-stream'],
    ['a character that lies across two reads', `${'x'.repeat(64 * 1_024 - 1)}ü`, 'x', 'text/plain'],
  ])('%s', async (_what, content, ...[fileName, mediaType]) => {
    expect(await mediaTypeOf({ path: await write(content), fileName })).toBe(mediaType);
  });
});

describe('sniffMediaType', () => {
  it('takes any type that a kind accepts, without a detector of documents', async () => {
    const accept = ['image/png', 'image/jpeg'];
    expect(await sniffMediaType(await write(PNG), { fileName: 'x', accept })).toBe('image/png');
    expect(await sniffMediaType(await write(JPEG), { fileName: 'x', accept: ['image/*'] })).toBe('image/jpeg');
    await expect(sniffMediaType(await write('words'), { fileName: 'x.png', accept })).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'file: is text/plain; accepted are .png, .jpg',
    });
  });

  it('asks a detector first, and looks at the signature of what it does not know', async () => {
    const rules = { fileName: 'x', accept: undefined };
    const path = await write(PNG);
    expect(await sniffMediaType(path, { ...rules, detect: async () => ({ mediaType: 'a/b' }) })).toBe('a/b');
    expect(await sniffMediaType(path, { ...rules, detect: async () => undefined })).toBe('image/png');
  });
});

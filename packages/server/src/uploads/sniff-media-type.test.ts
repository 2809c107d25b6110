import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mediaTypeOf } from '@taskwire/documents/media-types';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { expect, test } from 'vitest';
import { sniffMediaType } from './sniff-media-type.ts';

const folder = useTemporaryFolder('sniff');

const accept = ['application/pdf', 'text/markdown', 'text/html', 'text/plain'];

async function sniff(content: string | Uint8Array, fileName = 'file', accepted?: string[] | null): Promise<string> {
  const path = join(folder.path, 'file');
  await writeFile(path, content);
  const rules = { fileName, accept: accepted === null ? undefined : (accepted ?? accept) };
  return sniffMediaType(path, { ...rules, detect: mediaTypeOf });
}

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const gzip = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
const zip = Uint8Array.from([0x50, 0x4b, 3, 4, ...Array.from({ length: 60 }, () => 0)]);

test.each([
  ['%PDF-1.7\n%âãÏÓ\n', 'notes.txt', 'application/pdf'],
  ['plain words', 'page.html', 'text/plain'],
  ['plain words', 'notes.md', 'text/markdown'],
  ['# Title', 'README.MARKDOWN', 'text/markdown'],
  ['<!DOCTYPE html><p>x', 'x.txt', 'text/html'],
  ['\uFEFF\n<!-- hello -->\n<HTML lang="en">', 'x.txt', 'text/html'],
  ['<?xml version="1.0"?>\n<!doctype html>', 'x', 'text/html'],
  ['<htmlish>', 'x', 'text/plain'],
  ['I say <html> is a tag', 'x', 'text/plain'],
  ['BMW makes cars', 'x', 'text/plain'],
  ['MZ is a signature', 'x', 'text/plain'],
  ['ends in a multi-byte character ü', 'x', 'text/plain'],
])('by its bytes, %j named %s is %s', async (content, fileName, mediaType) => {
  expect(await sniff(content, fileName)).toBe(mediaType);
});

test('many comments take no longer than other text', async () => {
  expect(await sniff(`${'<!---->'.repeat(500)}words`)).toBe('text/plain');
  expect(await sniff(`${'<!---->'.repeat(500)}<html>`)).toBe('text/html');
});

test('UTF-16 with a byte-order mark is text', async () => {
  expect(await sniff(utf16('Grüße'))).toBe('text/plain');
  expect(await sniff(utf16('<!doctype html>'))).toBe('text/html');
  expect(await sniff(utf16('Grüße').swap16())).toBe('text/plain');
});

test.each([
  ['a NUL', 'some\u0000 words'],
  ['one control character', `${'x'.repeat(200_000)}\u0001`],
  ['one byte that is no UTF-8', Buffer.concat([Buffer.from('grüße '.repeat(50)), Buffer.from([0xe9, 0x20])])],
  ['half a character at its end', Buffer.from('Grüße').subarray(0, 3)],
  ['letters in windows-1252', Buffer.from('Grüße', 'latin1')],
])('a text with %s is text', async (_what, content) => {
  expect(await sniff(content)).toBe('text/plain');
});

test('a character that lies across two reads is whole', async () => {
  expect(await sniff(`${'x'.repeat(64 * 1024 - 1)}ü`)).toBe('text/plain');
});

test.each([
  ['a gzip file', gzip, 'application/gzip'],
  ['a zip file', zip, 'application/zip'],
  ['a rich text file', '{\\rtf1 hello}', 'application/rtf'],
  ['a file of binary bytes', Uint8Array.from({ length: 4_000 }, (_, index) => (index * 37) % 251), 'not known'],
  ['a file that is binary from its middle on', `${'x'.repeat(70_000)}${'\u0001\u0002'.repeat(70_000)}`, 'not known'],
  [
    'text in EBCDIC',
    Buffer.from(`${'c88593939640a38889a240'.repeat(8)}15`.repeat(20), 'hex'),
    'not UTF-8: save it as UTF-8',
  ],
])('%s is refused, naming what it is and what is accepted', async (_what, content, named) => {
  await expect(sniff(content)).rejects.toMatchObject({
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: expect.stringMatching(new RegExp(String.raw`${named}.*\.pdf, \.md, \.html, \.txt`)),
    fields: [{ path: 'file' }],
  });
});

test('a media type that a kind accepts, by name or by its main type, is taken in', async () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  for (const accepted of [['image/*'], ['text/plain', 'image/*'], null]) {
    expect(await sniff(png, 'x.txt', accepted)).toMatch(/^image\//);
  }
  expect(await sniff('a\u0000b', 'x', null)).toBe('application/octet-stream');
  await expect(sniff('plain words', 'x', ['image/*'])).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  await expect(sniff('plain words', 'x', [])).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
});

test('a file is refused in plain words if no task takes files', async () => {
  await expect(sniff('words', 'x.txt', [])).rejects.toMatchObject({
    message: 'file: is text/plain; no task of this server takes files',
  });
});

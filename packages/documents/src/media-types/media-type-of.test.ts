import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from './media-type-of.ts';

const folder = useTemporaryFolder('types');

async function typeOf(content: string | Uint8Array, fileName: string) {
  const path = join(folder.path, 'file');
  await writeFile(path, content);
  return mediaTypeOf({ path, fileName });
}

describe('mediaTypeOf', () => {
  it.each([
    ['a fragment', '<h1>Title</h1>\n<p>words', 'page.html', 'text/html'],
    ['a fragment without a name', '<p class="x">words</p>', 'page', 'text/html'],
    ['a page behind a long comment', `<!-- ${'licence '.repeat(2_000)}-->\n<html>`, 'page.html', 'text/html'],
    ['a page behind comments, without a name', `<!-- ${'x '.repeat(9_000)}-->\n<!doctype html>`, 'page', 'text/html'],
    [
      'a fragment whose first tag holds a long picture',
      `<img alt="a" src="data:image/png;base64,${'QUJD'.repeat(5_000)}"><p>words`,
      'page.html',
      'text/html',
    ],
    ['words before a long tag', `words <a data-x='${'z'.repeat(6_000)}'>here</a>`, 'page.htm', 'text/html'],
    ['a fragment with a long first tag, without a name', `<div class="${'a '.repeat(6_000)}">x`, 'page', 'text/html'],
    ['text with a sign that is no tag', `a <b and c = d, ${'words '.repeat(2_000)}`, 'page.html', 'text/plain'],
    ['XHTML', '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN">', 'x.xhtml', 'text/html'],
    [
      'Markdown that begins with HTML',
      '<p align="center">\n  <img alt="logo">\n</p>\n\n# Name',
      'README.md',
      'text/markdown',
    ],
    ['a page that is named as Markdown', '<!doctype html><p>x', 'README.md', 'text/html'],
    ['text that begins with an unknown tag', '<note> remember', 'x', 'text/plain'],
    ['a log', '\u001b[31mred\u001b[0m', 'build.log', 'text/plain'],
  ])('recognises %s by its content and its name', async (_what, content, ...[fileName, mediaType]) => {
    expect(await typeOf(content, fileName)).toEqual({ mediaType });
  });

  it.each(['gbk', 'big5', 'shift_jis', 'euc-jp'])('takes a text in %s for a text', async (encoding) => {
    const text = '古老的燈塔矗立在寒冷的海邊。每天晚上爬上去點亮那盞大燈。';
    expect(await typeOf(iconv.encode(text, encoding), 'x.txt')).toEqual({ mediaType: 'text/plain' });
  });

  it.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])(
    'takes %s for text, with a mark and without',
    async (encoding) => {
      for (const addBOM of [true, false]) {
        const bytes = iconv.encode('<!doctype html>\n<p>plain words, 古老的燈塔 and more\n', encoding, { addBOM });
        expect(await typeOf(bytes, 'x')).toEqual({ mediaType: 'text/html' });
      }
    },
  );

  it('finds the header of a PDF within the first 1,024 bytes', async () => {
    const lines = '\nsome line of a log before the document\n';
    expect(await typeOf(`${lines}%PDF-1.4\n1 0 obj`, 'x.txt')).toEqual({ mediaType: 'application/pdf' });
    expect(await typeOf(`${lines.repeat(40)}%PDF-1.4\n`, 'x.txt')).toEqual({ mediaType: 'text/plain' });
  });

  it('names the problem of a text in an unknown encoding, and no problem of other files', async () => {
    const ebcdic = Buffer.from(`${'c88593939640a38889a240'.repeat(8)}15`.repeat(20), 'hex');
    expect(await typeOf(ebcdic, 'x.txt')).toEqual({
      mediaType: 'application/octet-stream',
      problem: 'not UTF-8: save it as UTF-8',
    });
    const binary = Uint8Array.from({ length: 4_000 }, (_, index) => (index * 37) % 251);
    expect(await typeOf(binary, 'x.txt')).toEqual({ mediaType: 'application/octet-stream' });
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
    expect(await typeOf(png, 'x.txt')).toMatchObject({ mediaType: expect.stringMatching(/^image\//) });
  });
});

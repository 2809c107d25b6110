import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../testing/collect.ts';
import { makeArchive } from '../../testing/making/make-archive.ts';
import { makeDocx, wordParagraph, wordPart } from '../../testing/making/make-docx.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { parseDocx } from '../parsers/docx/parse-docx.ts';
import { resolveName } from './archive-name.ts';
import { ZipArchive } from './zip-archive.ts';

const SMALL = { ...DEFAULT_LIMITS, unpackedBytes: 1_048_576, depth: 100 };

describe('an archive', () => {
  it('that unpacks to more bytes than the limit is refused', async () => {
    const bomb = makeDocx('', { 'word/document.xml': wordPart('document', wordParagraph('x'.repeat(20_000_000))) });
    expect(bomb.length).toBeLessThan(100_000);
    await expect(sectionsOf(parseDocx(bomb, SMALL))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_COMPLEX',
      message: expect.stringContaining('unpacks to more than 1 MiB'),
    });
  });

  it('counts the unpacked bytes of all its files together', async () => {
    const archive = await ZipArchive.open(makeArchive({ a: 'x'.repeat(600_000), b: 'y'.repeat(600_000) }), SMALL);
    expect(await archive.readWhole('a')).toHaveLength(600_000);
    await expect(archive.readWhole('b')).rejects.toMatchObject({ code: 'DOCUMENT_TOO_COMPLEX' });
  });

  it('of thousands of files is listed, and a missing file is empty', async () => {
    const files = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${index}`, '']));
    const archive = await ZipArchive.open(makeArchive({ ...files, 'Deep/Name.xml': 'found' }), SMALL);
    expect([...archive.names]).toHaveLength(5_001);
    expect(Buffer.from(await archive.readWhole('/deep\\name.XML')).toString()).toBe('found');
    expect(await archive.readWhole('none')).toHaveLength(0);
  });

  it('is read with bytes behind its end', async () => {
    const bytes = Buffer.concat([makeDocx(wordParagraph('found')), Buffer.from('\r\n<!-- behind -->')]);
    expect(await sectionsOf(parseDocx(bytes))).toEqual([{ page: 1, text: 'found' }]);
  });

  it('with an encrypted file is refused as encrypted', async () => {
    const bytes = Buffer.from(makeDocx(wordParagraph('x')));
    for (let at = bytes.indexOf('PK\u0001\u0002'); at !== -1; at = bytes.indexOf('PK\u0001\u0002', at + 1)) {
      bytes.writeUInt16LE(1, at + 8);
    }
    await expect(sectionsOf(parseDocx(bytes))).rejects.toMatchObject({ code: 'DOCUMENT_ENCRYPTED' });
  });
});

describe('XML in an archive', () => {
  it('that is nested deeper than the limit is refused', async () => {
    const deep = makeDocx('<w:sdt>'.repeat(50_000) + '</w:sdt>'.repeat(50_000));
    await expect(sectionsOf(parseDocx(deep, SMALL))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_COMPLEX',
      message: expect.stringContaining('nested more than 100 levels'),
    });
  });

  it('expands no entities of its own and looks at no others', async () => {
    const entities = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
    const document = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">${entities.join('')}
      <!ENTITY file SYSTEM "file:///etc/hostname">]><w:document><w:body>${wordParagraph('&l9; &file; A&amp;&#66;')}</w:body></w:document>`;
    expect(await sectionsOf(parseDocx(makeDocx('', { 'word/document.xml': document })))).toEqual([
      { page: 1, text: '&l9; &file; A&B' },
    ]);
  });
});

describe('a name that a link means', () => {
  it.each([
    ['word/document.xml', 'media/a.png', 'word/media/a.png'],
    ['word/document.xml', '/xl/a.xml', 'xl/a.xml'],
    ['OEBPS/text/one.xhtml', '../two%20b.xhtml#part', 'OEBPS/two b.xhtml'],
    ['a.xml', '../../../etc/passwd', 'etc/passwd'],
    ['a/b.xml', '%zz.xml', 'a/%zz.xml'],
  ])('from %s by %s is %s', (from, target, name) => {
    expect(resolveName(from, target)).toBe(name);
  });
});

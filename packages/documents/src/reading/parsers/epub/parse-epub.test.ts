import { expect, it } from 'vitest';
import { collect } from '../../../testing/collect.ts';
import { makeArchive } from '../../../testing/making/make-archive.ts';
import { parseEpub } from './parse-epub.ts';

const page = (body: string) =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Repeated</title></head><body>${body}</body></html>`;

const FILES = {
  mimetype: 'application/epub+zip',
  'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
  'OEBPS/book.opf': `<package><metadata><dc:title>The Ledger</dc:title><dc:creator>Ada</dc:creator></metadata><manifest>
    <item id="nav" href="nav.xhtml" properties="nav"/><item id="two" href="text/two.xhtml"/>
    <item id="one" href="text/one%20a.xhtml"/><item id="three" href="text/three.xhtml"/></manifest>
    <spine><itemref idref="one"/><itemref idref="two"/><itemref idref="three"/></spine></package>`,
  'OEBPS/nav.xhtml': `<html><body><nav epub:type="toc"><ol><li><a href="text/one%20a.xhtml">Part I</a><ol>
    <li><a href="text/two.xhtml#start">Chapter <b>1</b></a></li></ol></li></ol></nav>
    <nav epub:type="page-list"><ol><li><a href="text/two.xhtml#p1">17</a></li><li><a href="text/two.xhtml#p2">18</a></li></ol></nav></body></html>`,
  'OEBPS/text/one a.xhtml': page('<p>preface</p>'),
  'OEBPS/text/two.xhtml': page('<h1>Chapter 1</h1><p>quicksilver</p>'),
  'OEBPS/text/three.xhtml': page('<p>goes on</p>'),
};

async function read(files: Readonly<Record<string, string>>) {
  const parts = await collect(parseEpub(makeArchive(files)));
  return { parts, sections: parts.flatMap((part) => part.sections) };
}

it('a book has a page for each file in reading order, under the headings of its table of contents', async () => {
  const { parts, sections } = await read(FILES);
  expect(sections).toEqual([
    { page: 1, heading: 'The Ledger', text: 'The Ledger\nAda' },
    { page: 1, heading: 'Part I', text: 'preface' },
    { page: 2, heading: 'Chapter 1', headingPath: ['Part I'], text: 'quicksilver' },
    { page: 3, heading: 'Chapter 1', headingPath: ['Part I'], text: 'goes on' },
  ]);
  expect(parts.at(-1)).toMatchObject({ pages: 3, done: 3, total: 3 });
});

it('printed pages that the book names are the labels of its files', async () => {
  const { parts } = await read(FILES);
  expect(parts.flatMap(({ pageLabels }) => (pageLabels === undefined ? [] : [pageLabels]))).toEqual([{ '2': '17–18' }]);
});

it('the older table of contents (NCX) is read, and a missing file is a warning', async () => {
  const { 'OEBPS/text/three.xhtml': _, 'OEBPS/nav.xhtml': __, ...rest } = FILES;
  const { parts, sections } = await read({
    ...rest,
    'OEBPS/book.opf': FILES['OEBPS/book.opf']
      .replace(' properties="nav"', '')
      .replace('<spine>', '<spine toc="nav">')
      .replace('nav.xhtml', 'toc.ncx'),
    'OEBPS/toc.ncx':
      '<ncx><navMap><navPoint><navLabel><text>Old part</text></navLabel><content src="text/one%20a.xhtml"/></navPoint></navMap></ncx>',
  });
  expect(sections[1]).toEqual({ page: 1, heading: 'Old part', text: 'preface' });
  expect(parts.at(-1)?.warning).toContain('part 3 is missing');
});

it('a book with rights management is refused, one with hidden fonts is read', async () => {
  const encryption = (algorithm: string) =>
    `<encryption><EncryptedData><EncryptionMethod Algorithm="${algorithm}"/></EncryptedData></encryption>`;
  const hidden = { ...FILES, 'META-INF/encryption.xml': encryption('http://www.idpf.org/2008/embedding') };
  expect((await read(hidden)).sections).toHaveLength(4);
  const locked = { ...FILES, 'META-INF/encryption.xml': encryption('http://www.w3.org/2001/04/xmlenc#aes128-cbc') };
  await expect(read(locked)).rejects.toMatchObject({
    code: 'DOCUMENT_ENCRYPTED',
    message: expect.stringContaining('DRM'),
  });
});

it('a book without a package is refused', async () => {
  await expect(read({ mimetype: 'application/epub+zip' })).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
});

it('a long file of a book is read in short parts, under the same headings', async () => {
  const paragraphs = Array.from({ length: 20_000 }, (_, index) => `<p>line ${index} of a long chapter</p>`).join('');
  const { parts, sections } = await read({ ...FILES, 'OEBPS/text/three.xhtml': page(paragraphs) });
  expect(parts.filter((part) => part.sections.length > 0).length).toBeGreaterThan(5);
  const long = sections.filter((section) => section.page === 3);
  expect(
    long
      .map(({ text }) => text)
      .join('\n')
      .match(/line \d+ of a long chapter/g),
  ).toHaveLength(20_000);
  expect(long.every(({ heading, headingPath }) => heading === 'Chapter 1' && headingPath?.[0] === 'Part I')).toBe(true);
  expect(parts.map(({ done }) => done)).toEqual(parts.map(({ done }) => done).toSorted((one, other) => one - other));
});

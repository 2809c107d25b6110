import { describe, expect, it } from 'vitest';
import { collect, sectionsOf } from '../../../testing/collect.ts';
import { makeArchive } from '../../../testing/making/make-archive.ts';
import { makeDocx, relationships, wordParagraph as p, wordPart } from '../../../testing/making/make-docx.ts';
import { parseDocx } from './parse-docx.ts';

const STYLES = wordPart(
  'styles',
  `<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
   <w:style w:styleId="Own"><w:name w:val="My heading"/><w:basedOn w:val="Second"/></w:style>
   <w:style w:styleId="Second"><w:name w:val="Second"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
   <w:style w:styleId="Circle"><w:basedOn w:val="Circle"/></w:style>
   <w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>`,
);
const read = (body: string, parts = {}) => sectionsOf(parseDocx(makeDocx(body, parts)));
const textOf = async (body: string, parts = {}) => (await read(body, parts)).map(({ text }) => text).join('\n');

describe('headings of a Word document', () => {
  it('are recognised by the name and the outline level of their style, with any id', async () => {
    const body =
      p('One', { style: 'berschrift1' }) + p('below', { style: 'Circle' }) + p('Two', { style: 'Own' }) + p('deep');
    expect(await read(body, { 'word/styles.xml': STYLES })).toEqual([
      { page: 1, heading: 'One', text: 'below' },
      { page: 1, heading: 'Two', headingPath: ['One'], text: 'deep' },
    ]);
  });

  it('are known by the id of their style if the styles are missing', async () => {
    expect(await read(p('One', { style: 'Heading1' }) + p('x'))).toEqual([{ page: 1, heading: 'One', text: 'x' }]);
  });

  it('begin with the title of the document', async () => {
    const core = '<cp:coreProperties><dc:title>The ledger</dc:title></cp:coreProperties>';
    expect(await read(p('text'), { 'docProps/core.xml': core })).toEqual([
      { page: 1, heading: 'The ledger', text: 'text' },
    ]);
  });
});

describe('pages of a Word document', () => {
  it('end at breaks of the author and at borders that the last program saw, each counted once', async () => {
    const body =
      p('first') +
      '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' +
      '<w:p><w:r><w:lastRenderedPageBreak/><w:t>second, </w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>third</w:t></w:r></w:p>' +
      '<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>fourth</w:t></w:r></w:p>';
    const sections = await read(body);
    expect(sections.map(({ page, text }) => [page, text])).toEqual([
      [1, 'first'],
      [2, 'second,'],
      [3, 'third'],
      [4, 'fourth'],
    ]);
  });
});

describe('text of a Word document', () => {
  it('leaves out deletions, moved text and hidden text, and keeps insertions', async () => {
    const body =
      '<w:p><w:ins><w:r><w:t>kept </w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>' +
      '<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>' +
      '<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>' +
      '<w:r><w:rPr><w:vanish w:val="0"/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>shown</w:t></w:r></w:p>' +
      p('secret', { style: 'Secret' });
    expect(await textOf(body, { 'word/styles.xml': STYLES })).toBe('kept shown');
  });

  it('keeps notes and comments behind the paragraph that refers to them', async () => {
    const parts = {
      'word/_rels/document.xml.rels': relationships({
        rId1: ['footnotes', '/word/footnotes.xml'],
        rId2: ['comments', 'comments.xml'],
        rId3: ['hyperlink', 'https://example.org/path'],
      }),
      'word/footnotes.xml': wordPart(
        'footnotes',
        `<w:footnote w:type="separator" w:id="-1">${p('line')}</w:footnote><w:footnote w:id="2">${p('quicksilver')}</w:footnote>`,
      ),
      'word/comments.xml': wordPart('comments', `<w:comment w:id="7" w:author="Ada">${p('check this')}</w:comment>`),
    };
    const body =
      '<w:p><w:r><w:t>a note</w:t><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="7"/></w:r>' +
      '<w:hyperlink r:id="rId3"><w:r><w:t> and a link</w:t></w:r></w:hyperlink></w:p>' +
      p('next');
    expect(await textOf(body, parts)).toBe(
      'a note and a link\n\nquicksilver\n\nComment (Ada): check this\n\nhttps://example.org/path\n\nnext',
    );
  });

  it('keeps a row of a table on one line, and the paragraphs of a layout table apart', async () => {
    const cell = (content: string) => `<w:tc>${content}</w:tc>`;
    const table =
      `<w:tbl><w:tr>${cell(p('Ada'))}${cell(p('London') + p('Paris'))}</w:tr>` +
      `<w:tr><w:trPr><w:del/></w:trPr>${cell(p('gone'))}${cell(p('gone'))}</w:tr>` +
      `<w:tr>${cell(p('one') + p('two'))}</w:tr></w:tbl>`;
    expect(await textOf(table)).toBe('Ada | London Paris\n\none\n\ntwo');
  });

  it('keeps text boxes once, alternative texts, and headers and footers once without page numbers', async () => {
    const box = `<w:txbxContent>${p('in the box')}</w:txbxContent>`;
    const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const footer =
      `<w:p><w:r><w:t>Confidential</w:t></w:r>${field('begin')}<w:r><w:instrText> PAGE </w:instrText></w:r>` +
      `${field('separate')}<w:r><w:t>17</w:t></w:r>${field('end')}</w:p>`;
    const body =
      '<w:p><w:r><w:t>around</w:t><mc:AlternateContent><mc:Choice><wp:docPr descr="a red kite"/>' +
      `<wps:txbx>${box}</wps:txbx></mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent></w:r></w:p>`;
    const parts = {
      'word/_rels/document.xml.rels': relationships({ a: ['footer', 'f1.xml'], b: ['footer', 'f2.xml'] }),
      'word/f1.xml': wordPart('ftr', footer),
      'word/f2.xml': wordPart('ftr', footer),
    };
    expect(await textOf(body, parts)).toBe('Confidential\n\naround\n\na red kite\n\nin the box');
  });

  it('is read in any script and in UTF-16', async () => {
    const xml = wordPart('document', `<w:body>${p('環境保護 مرحبا Grüße 😀')}</w:body>`).replace('UTF-8', 'UTF-16');
    const bytes = Buffer.from(`\ufeff${xml}`, 'utf16le');
    expect(await read('', { 'word/document.xml': bytes })).toEqual([{ page: 1, text: '環境保護 مرحبا Grüße 😀' }]);
  });
});

describe('odd Word documents', () => {
  it('are read if they are empty, or if names differ in case or by a slash', async () => {
    expect(await read('')).toEqual([]);
    const renamed = makeArchive({
      '_RELS/.RELS': relationships({ rId1: ['officeDocument', '/Word/Document.XML'] }),
      'word\\document.xml': wordPart('document', p('found')),
    });
    expect(await sectionsOf(parseDocx(renamed))).toEqual([{ page: 1, text: 'found' }]);
  });

  it('give 10,000 paragraphs part by part, and stop with the reader', async () => {
    const body = Array.from({ length: 10_000 }, (_, index) => p(`paragraph ${index}`)).join('');
    const parts = await collect(parseDocx(makeDocx(body)));
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.every(({ done, total }) => done <= total)).toBe(true);
    const text = parts.flatMap(({ sections }) => sections.map((section) => section.text)).join('\n');
    expect(text.match(/paragraph \d+/g)).toHaveLength(10_000);
    for await (const part of parseDocx(makeDocx(body))) {
      expect(part.done).toBeLessThan(part.total);
      break;
    }
  });

  it('are refused without their main part, and as a broken archive', async () => {
    await expect(sectionsOf(parseDocx(makeArchive({ 'a.txt': 'x' })))).rejects.toMatchObject({
      code: 'DOCUMENT_UNREADABLE',
      message: expect.stringContaining('word/document.xml'),
    });
    const broken = makeDocx(p('x')).slice(0, 200);
    await expect(sectionsOf(parseDocx(broken))).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
  });
});

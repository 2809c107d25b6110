import { expect, it } from 'vitest';
import { collect } from '../../../testing/collect.ts';
import { makeArchive } from '../../../testing/making/make-archive.ts';
import { relationships } from '../../../testing/making/make-docx.ts';
import { parsePptx } from './parse-pptx.ts';

const shape = (text: string, placeholder = '') =>
  `<p:sp><p:nvSpPr><p:nvPr>${placeholder === '' ? '' : `<p:ph type="${placeholder}"/>`}</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
const slide = (content: string) => `<p:sld><p:cSld><p:spTree>${content}</p:spTree></p:cSld></p:sld>`;
const TABLE =
  '<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Ada</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>London</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>';

const FILES = {
  'ppt/presentation.xml':
    '<p:presentation xmlns:rel="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:sldIdLst><p:sldId id="256" rel:id="b"/><p:sldId id="257" rel:id="a"/><p:sldId id="258" rel:id="c"/><p:sldId id="259" rel:id="d"/></p:sldIdLst></p:presentation>',
  'ppt/_rels/presentation.xml.rels': relationships({
    a: ['slide', 'slides/slide1.xml'],
    b: ['slide', '/ppt/slides/slide2.xml'],
    c: ['slide', 'slides/slide3.xml'],
    d: ['slide', 'slides/none.xml'],
  }),
  'ppt/slides/slide1.xml': slide('<p:pic><p:nvPicPr><p:cNvPr descr="a red kite"/></p:nvPicPr></p:pic>'),
  'ppt/slides/slide2.xml': slide(shape('body text') + shape('7', 'sldNum') + TABLE + shape('The opening', 'ctrTitle')),
  'ppt/slides/_rels/slide2.xml.rels': relationships({
    n: ['notesSlide', '../notesSlides/notes1.xml'],
    k: ['comments', '../comments/comment1.xml'],
  }),
  'ppt/notesSlides/notes1.xml': `<p:notes>${shape('say it loud', 'body')}${shape('picture', 'sldImg')}</p:notes>`,
  'ppt/comments/comment1.xml': '<p:cmLst><p:cm><p:pos/><p:text>too long</p:text></p:cm></p:cmLst>',
  'ppt/slides/slide3.xml': slide(''),
};

it('a presentation has a page for each slide, in the order shown: title, text, rows, notes, comments', async () => {
  const parts = await collect(parsePptx(makeArchive(FILES)));
  expect(parts.flatMap((part) => part.sections)).toEqual([
    { page: 1, heading: 'The opening', text: 'body text\n\nAda | London\n\nsay it loud\n\nComment: too long' },
    { page: 2, text: 'a red kite' },
  ]);
  expect(parts.map(({ coverage }) => coverage)).toEqual([
    { pagesWithText: 1, pagesWithoutText: [], pagesUnreadable: [] },
    { pagesWithText: 1, pagesWithoutText: [], pagesUnreadable: [] },
    { pagesWithText: 0, pagesWithoutText: [3], pagesUnreadable: [] },
    { pagesWithText: 0, pagesWithoutText: [], pagesUnreadable: [4] },
  ]);
  expect(parts.at(-1)).toMatchObject({
    pages: 4,
    itemName: 'slide 4 of 4',
    warning: expect.stringContaining('slide 4'),
  });
});

it('a presentation without its main part is refused, one without slides is empty', async () => {
  await expect(collect(parsePptx(makeArchive({ a: 'x' })))).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
  const empty = await collect(parsePptx(makeArchive({ 'ppt/presentation.xml': '<p:presentation/>' })));
  expect(empty.flatMap((part) => part.sections)).toEqual([]);
});

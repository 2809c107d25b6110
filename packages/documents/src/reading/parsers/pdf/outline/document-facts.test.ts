import { PDFDocument, PDFName, PDFString, StandardFonts } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { collect, sectionsOf } from '../../../../testing/collect.ts';
import { makePdf } from '../../../../testing/making/make-pdf.ts';
import { makeRawPage, makeRawPdf, pdfStream } from '../../../../testing/making/make-raw-pdf.ts';
import { parsePdf } from '../parse-pdf.ts';

const textsOf = async (bytes: Uint8Array) => (await sectionsOf(parsePdf(bytes))).map(({ text }) => text).join('\n');

describe('forms and comments', () => {
  it('reads the values of a form on their page', async () => {
    const pdf = await PDFDocument.create();
    const [first, second] = [pdf.addPage([400, 400]), pdf.addPage([400, 400])];
    const form = pdf.getForm();
    const name = form.createTextField('name');
    name.setText('Quillfeather');
    name.addToPage(first, { x: 20, y: 300, width: 200, height: 20 });
    const bees = form.createCheckBox('keeps bees');
    bees.addToPage(second, { x: 20, y: 300 });
    bees.check();
    const cats = form.createCheckBox('keeps cats');
    cats.addToPage(second, { x: 20, y: 250 });
    const town = form.createDropdown('town');
    town.addOptions(['Bergen', 'Tartu']);
    town.select('Tartu');
    town.addToPage(second, { x: 20, y: 200, width: 200, height: 20 });
    const sections = await sectionsOf(parsePdf(await pdf.save()));
    expect(sections).toEqual([
      { page: 1, text: 'Quillfeather' },
      { page: 2, text: 'keeps bees\n\nTartu' },
    ]);
  });

  it('reads comments that are shown, and no hidden ones', async () => {
    const annotation = (subtype: string, rest: string) =>
      `<< /Type /Annot /Subtype /${subtype} /Rect [10 10 200 40] ${rest} >>`;
    const annotations = [
      annotation('FreeText', '/DA (/Helv 10 Tf) /Contents (written on the page)'),
      annotation('Text', '/Contents (a note beside it)'),
      annotation('Highlight', '/QuadPoints [10 40 200 40 10 10 200 10] /Contents (why it is marked)'),
      annotation('Text', '/F 2 /Contents (hidden)'),
      annotation('Link', '/Contents (a link)'),
    ];
    const page = makeRawPage('BT /F1 10 Tf 72 700 Td (body) Tj ET', { page: `/Annots [${annotations.join(' ')}]` });
    const text = await textsOf(makeRawPdf(page));
    for (const shown of ['body', 'written on the page', 'a note beside it', 'why it is marked']) {
      expect(text).toContain(shown);
    }
    expect(text).not.toMatch(/hidden|a link/);
  });
});

describe('text in pictures of annotations', () => {
  const picture = (text: string) =>
    pdfStream(text).replace(
      '<<',
      '<< /Type /XObject /Subtype /Form /BBox [0 0 200 30] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >> >> >>',
    );
  const shown = (...lines: string[]) =>
    picture(`BT /F1 10 Tf 5 20 Td ${lines.map((line) => `${line} 0 -12 Td`).join(' ')} ET`);
  const annotation = (rest: string, number: number) =>
    `<< /Type /Annot /Rect [10 ${String(number * 50)} 200 ${String(number * 50 + 30)}] /AP << /N ${String(number)} 0 R >> ${rest} >>`;
  const pageOf = (annotations: readonly { rest: string; picture: string }[]) => {
    const entries = annotations.map(({ rest }, index) => annotation(rest, index + 5)).join(' ');
    const page = makeRawPage('BT /F1 10 Tf 72 700 Td (body) Tj ET', { page: `/Annots [${entries}]` });
    return makeRawPdf([...page, ...annotations.map(({ picture: each }) => each)]);
  };

  it('is read from buttons, signatures, stamps, screens and films', async () => {
    const bytes = pageOf([
      { rest: '/Subtype /Widget /FT /Btn /Ff 65536 /T (b)', picture: shown('[(Re) 20 (set) -400 (all)] TJ') },
      { rest: '/Subtype /Widget /FT /Sig /T (s)', picture: shown('(Signed by) Tj', '(Ada Quill) Tj') },
      { rest: '/Subtype /Stamp /Contents (approved twice)', picture: shown('(APPROVED) Tj') },
      { rest: '/Subtype /Screen', picture: shown('(Play the film) Tj') },
      { rest: '/Subtype /RichMedia', picture: shown('(Hear the bells) Tj') },
    ]);
    expect(await textsOf(bytes)).toBe(
      [
        'body',
        'Reset all',
        'Signed by\nAda Quill',
        'APPROVED',
        'approved twice',
        'Play the film',
        'Hear the bells',
      ].join('\n\n'),
    );
  });

  it('stands beside the stored value of a field that shows another form; a password is not read', async () => {
    const shownField = (text: string) => picture(`/Tx BMC BT /F1 10 Tf 5 20 Td (${text}) Tj ET EMC`);
    const bytes = pageOf([
      { rest: '/Subtype /Widget /FT /Tx /T (a) /DA (/F1 10 Tf) /V (232324)', picture: shownField('232,324.00') },
      { rest: '/Subtype /Widget /FT /Tx /T (b) /DA (/F1 10 Tf) /V (Bergen)', picture: shownField('B er gen') },
      { rest: '/Subtype /Widget /FT /Tx /T (c) /DA (/F1 10 Tf) /Ff 8192 /V (hunter2)', picture: shownField('****') },
    ]);
    expect(await textsOf(bytes)).toBe('body\n\n232,324.00\n\n232324\n\nBergen');
  });

  it('is given once if the text contains it too, and not at all if it is hidden', async () => {
    const bytes = pageOf([
      { rest: '/Subtype /Stamp /Contents (draft copy)', picture: shown('(draft copy) Tj') },
      { rest: '/Subtype /Widget /FT /Btn /Ff 65536 /T (b) /F 2', picture: shown('(Secret) Tj') },
    ]);
    expect(await textsOf(bytes)).toBe('body\n\ndraft copy');
  });

  it('is missing for pages with a broken picture, which are still read', async () => {
    const bytes = pageOf([{ rest: '/Subtype /Stamp', picture: picture('BT /F9 10 Tf [(oops') }]);
    expect(await textsOf(bytes)).toContain('body');
  });
});

describe('the document beside its pages', () => {
  it('takes headings and their path from the outline, printed or not', async () => {
    const item = (title: string, rest: string) => `<< /Title (${title}) /Parent 5 0 R ${rest} >>`;
    const content = [
      'BT /F1 10 Tf 72 700 Td (1 Rivers) Tj ET',
      'BT /F1 10 Tf 72 650 Td (A river runs to the sea.) Tj ET',
      'BT /F1 10 Tf 72 600 Td (Ebb and flow follow the moon.) Tj ET',
    ].join('\n');
    const [catalog = '', ...objects] = makeRawPage(content);
    const bytes = makeRawPdf([
      catalog.replace('>>', '/Outlines 5 0 R >>'),
      ...objects,
      '<< /Type /Outlines /First 6 0 R /Last 6 0 R /Count 2 >>',
      item('Rivers', '/Dest [3 0 R /XYZ 72 712 0] /First 7 0 R /Last 7 0 R /Count 1'),
      item('Tides', '/Dest [3 0 R /XYZ 72 612 0]'),
    ]);
    expect(await sectionsOf(parsePdf(bytes))).toEqual([
      { page: 1, heading: '1 Rivers', text: 'A river runs to the sea.' },
      { page: 1, heading: 'Tides', headingPath: ['1 Rivers'], text: 'Ebb and flow follow the moon.' },
    ]);
  });

  it('gives the names of pages that differ from their numbers', async () => {
    const pdf = await PDFDocument.create();
    for (let page = 0; page < 4; page += 1) pdf.addPage([200, 200]);
    const labels = pdf.context.obj({
      Nums: [0, { S: 'r' }, 2, { S: 'D', St: 3, P: PDFString.of('') }, 3, { P: PDFString.of('A-'), S: 'D' }],
    });
    pdf.catalog.set(PDFName.of('PageLabels'), labels);
    const parts = await collect(parsePdf(await pdf.save()));
    expect(Object.assign({}, ...parts.map((part) => part.pageLabels))).toEqual({ 1: 'i', 2: 'ii', 4: 'A-1' });
  });

  it('names attached files, which are not read', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage([200, 200]).drawText('body', { font: await pdf.embedFont(StandardFonts.Helvetica) });
    await pdf.attach(new Uint8Array([1, 2, 3]), 'a.xlsx', { mimeType: 'application/vnd.ms-excel' });
    await pdf.attach(new Uint8Array([4, 5, 6]), 'b.pdf', { mimeType: 'application/pdf' });
    const parts = await collect(parsePdf(await pdf.save()));
    expect(parts.map((part) => part.warning).filter((warning) => warning !== undefined)).toEqual([
      'holds 2 attached files that were not read: a.xlsx, b.pdf',
    ]);
  });

  it('counts pages with and without text, each once', async () => {
    const text = [{ text: 'words', size: 10 }];
    const parts = await collect(parsePdf(await makePdf([text, [], [], text, [], text, [], [], [], []])));
    const coverage = parts.map((part) => part.coverage);
    expect(coverage.reduce((sum, each) => sum + (each?.pagesWithText ?? 0), 0)).toBe(3);
    expect(coverage.flatMap((each) => each?.pagesWithoutText ?? [])).toEqual([2, 3, 5, 7, 8, 9, 10]);
  });
});

describe('running headers and footers', () => {
  /** Fills a page, so that the last line stands at its foot. */
  const page = (head: string, lines: string[], foot: string) => [
    { text: head, size: 10 },
    ...lines.map((text) => ({ text, size: 10 })),
    ...Array.from({ length: 55 - lines.length }, () => ({ text: '', size: 10 })),
    { text: foot, size: 10 },
  ];
  const body = (number: number) =>
    Array.from({ length: 8 }, (_, line) => `Body ${'abcdefghij'.charAt(number)} ${String(line)}`);

  it('stay in the text once', async () => {
    const bytes = await makePdf(
      Array.from({ length: 9 }, (_, index) =>
        page(`The Book of Tides ${String(index + 5)}`, body(index), String(index + 1)),
      ),
    );
    const text = await textsOf(bytes);
    expect(text.match(/The Book of Tides/g)).toHaveLength(1);
    expect(text.match(/^\d+$/gm)).toBeNull();
    for (let index = 0; index < 9; index += 1) for (const line of body(index)) expect(text).toContain(line);
  });

  it('differ on left and right pages', async () => {
    const bytes = await makePdf(
      Array.from({ length: 10 }, (_, index) =>
        page(index % 2 === 0 ? 'Chapter of Rivers' : 'The Book of Tides', body(index), 'All rights reserved'),
      ),
    );
    const text = await textsOf(bytes);
    expect(text.match(/Chapter of Rivers/g)).toHaveLength(1);
    expect(text.match(/The Book of Tides/g)).toHaveLength(1);
    expect(text.match(/All rights reserved/g)).toHaveLength(1);
  });

  it('are no lines whose numbers do not count with the pages, and no text of pages with little else', async () => {
    const numbers = [1017, 1033, 1005, 1190, 1044, 1121];
    const bytes = await makePdf(
      numbers.map((number, index) => page(`Invoice ${String(number)}`, body(index), 'Thank you')),
    );
    const text = await textsOf(bytes);
    for (const number of numbers) expect(text).toContain(`Invoice ${String(number)}`);
    const short = await makePdf(numbers.map((_, index) => [{ text: `Page ${String(index + 1)}`, size: 10 }]));
    expect((await textsOf(short)).match(/Page \d/g)).toHaveLength(numbers.length);
  });
});

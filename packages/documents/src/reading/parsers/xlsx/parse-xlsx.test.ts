import { expect, it } from 'vitest';
import { sectionsOf } from '../../../testing/collect.ts';
import { makeArchive } from '../../../testing/making/make-archive.ts';
import { relationships } from '../../../testing/making/make-docx.ts';
import { parseOds } from '../ods/parse-ods.ts';
import { parseXlsx } from './parse-xlsx.ts';

const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

it('a workbook has a page for each sheet; rows are lines, dates are dates, formulas their results', async () => {
  const bytes = makeArchive({
    'xl/workbook.xml':
      '<workbook><sheets><sheet name="People" sheetId="1" r:id="a"/><sheet name="Notes" sheetId="2" r:id="b"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relationships({
      a: ['worksheet', 'worksheets/sheet1.xml'],
      b: ['worksheet', 'worksheets/sheet2.xml'],
      c: ['sharedStrings', 'sharedStrings.xml'],
      d: ['styles', 'styles.xml'],
    }),
    'xl/sharedStrings.xml':
      '<sst><si><t>Name</t></si><si><r><t>Bo</t></r><r><t>rn</t></r><rPh><t>reading</t></rPh></si><si><t>Ada</t></si></sst>',
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0.0 &quot;days&quot;"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': sheet(
      '<row><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>' +
        '<row><c r="A2" t="s"><v>2</v></c><c r="C2" s="1"><v>45000.5</v></c><c r="D2" s="2"><f>1/3</f><v>0.30000000000000004</v></c><c r="E2" t="b"><v>1</v></c></row>',
    ),
    'xl/worksheets/sheet2.xml': sheet('<row><c t="inlineStr"><is><t>quicksilver</t></is></c></row>'),
  });
  expect(await sectionsOf(parseXlsx(bytes))).toEqual([
    { page: 1, heading: 'People', text: 'People' },
    {
      page: 1,
      heading: 'Name | | Born',
      headingPath: ['People'],
      text: 'Name | | Born\nAda | | 2023-03-15 12:00 | 0.3 | TRUE',
    },
    { page: 2, heading: 'Notes', text: 'quicksilver' },
  ]);
});

it('an OpenDocument spreadsheet is read like a workbook; repeated empty cells cost no time', async () => {
  const cell = (text: string, attributes = '') =>
    `<table:table-cell ${attributes}>${text === '' ? '' : `<text:p>${text}</text:p>`}</table:table-cell>`;
  const row = (cells: string, attributes = '') => `<table:table-row ${attributes}>${cells}</table:table-row>`;
  const table =
    row(cell('Name') + cell('City') + cell('', 'table:number-columns-repeated="16382"')) +
    row(cell('Ada') + cell('London<text:s/>East')) +
    row(cell('', 'table:number-columns-repeated="99999999"'), 'table:number-rows-repeated="1048000"');
  const content = `<office:spreadsheet><table:table table:name="People">${table}</table:table></office:spreadsheet>`;
  expect(await sectionsOf(parseOds(makeArchive({ 'content.xml': content })))).toEqual([
    { page: 1, heading: 'People', text: 'People' },
    { page: 1, heading: 'Name | City', headingPath: ['People'], text: 'Name | City\nAda | London East' },
  ]);
});

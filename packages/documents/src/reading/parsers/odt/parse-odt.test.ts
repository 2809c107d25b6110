import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../testing/collect.ts';
import { makeArchive } from '../../../testing/making/make-archive.ts';
import { parseOdt } from './parse-odt.ts';

const STYLES =
  '<office:automatic-styles><style:style style:name="Hidden"><style:text-properties text:display="none"/></style:style>' +
  '<style:style style:name="Break"><style:paragraph-properties fo:break-before="page"/></style:style></office:automatic-styles>';
const content = (body: string, kind = 'text') =>
  `<office:document-content>${STYLES}<office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`;
const read = (body: string, { kind = 'text', ...parts }: Record<string, string> = {}) =>
  sectionsOf(parseOdt(makeArchive({ 'content.xml': content(body, kind), ...parts })));
const textOf = async (body: string) => (await read(body)).map(({ text }) => text).join('\n');

describe('an OpenDocument text', () => {
  it('has headings by level, its title, headers and footers once, and pages at breaks', async () => {
    const sections = await read(
      '<text:h text:outline-level="1">One</text:h><text:p>first</text:p><text:h text:outline-level="2">Two</text:h>' +
        '<text:p text:style-name="Break">second<text:soft-page-break/>third</text:p>',
      {
        'meta.xml': '<office:meta><dc:title>The ledger</dc:title></office:meta>',
        'styles.xml':
          '<office:master-styles><style:master-page><style:header><text:p>top <text:page-number>3</text:page-number></text:p></style:header>' +
          '<style:header-left><text:p>top</text:p></style:header-left></style:master-page></office:master-styles>',
      },
    );
    expect(sections).toEqual([
      { page: 1, text: 'top' },
      { page: 1, heading: 'The ledger', text: 'The ledger' },
      { page: 1, heading: 'One', headingPath: ['The ledger'], text: 'first' },
      { page: 1, heading: 'Two', headingPath: ['The ledger', 'One'], text: 'Two' },
      { page: 2, heading: 'Two', headingPath: ['The ledger', 'One'], text: 'second' },
      { page: 3, heading: 'Two', headingPath: ['The ledger', 'One'], text: 'third' },
    ]);
  });

  it('leaves out deletions and hidden text', async () => {
    expect(
      await textOf(
        '<text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>' +
          '<text:p>kept<text:span text:style-name="Hidden"> hidden</text:span><text:s text:c="2"/>end</text:p>' +
          '<text:p text:style-name="Hidden">hidden</text:p><text:section text:display="none"><text:p>hidden</text:p></text:section>',
      ),
    ).toBe('kept end');
  });

  it('keeps notes, comments, alternative texts and links behind their paragraph, and rows on one line', async () => {
    expect(
      await textOf(
        '<text:p>a note<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>quicksilver</text:p></text:note-body></text:note>' +
          '<office:annotation><dc:creator>Ada</dc:creator><dc:date>2026</dc:date><text:p>check this</text:p></office:annotation> and ' +
          '<text:a xlink:href="https://example.org/x">a link</text:a><draw:frame><svg:title>a red kite</svg:title></draw:frame></text:p>' +
          '<table:table><table:table-row><table:table-cell><text:p>Ada</text:p></table:table-cell><table:table-cell><text:p>London</text:p></table:table-cell></table:table-row></table:table>',
      ),
    ).toBe(
      'a note and a link\n\nquicksilver\n\nComment (Ada): check this\n\nhttps://example.org/x\n\na red kite\n\nAda | London',
    );
  });

  it('with a password is refused as encrypted, and without its content as broken', async () => {
    const manifest =
      '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
    await expect(read('', { 'META-INF/manifest.xml': manifest })).rejects.toMatchObject({ code: 'DOCUMENT_ENCRYPTED' });
    await expect(sectionsOf(parseOdt(makeArchive({ a: 'x' })))).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
  });
});

it('an OpenDocument presentation has a page for each slide, with its title and notes', async () => {
  const frame = (text: string, kind = '') =>
    `<draw:frame${kind}><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`;
  const slides =
    `<draw:page>${frame('Opening', ' presentation:class="title"')}${frame('hello')}<presentation:notes>${frame('say it loud')}</presentation:notes></draw:page>` +
    `<draw:page>${frame('second')}</draw:page>`;
  expect(await read(slides, { kind: 'presentation' })).toEqual([
    { page: 1, heading: 'Opening', text: 'hello\n\nsay it loud' },
    { page: 2, text: 'second' },
  ]);
});

import { describe, expect, it } from 'vitest';
import { collect, sectionsOf } from '../../testing/collect.ts';
import { parseHtml } from './html.ts';
import { parseMarkdown } from './markdown.ts';
import { parsePlainText } from './plain-text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('parseMarkdown', () => {
  it('makes a section of each heading and keeps blocks apart', async () => {
    const markdown =
      '# One *big*\n\nHello **world**, `code`.\n\n- first\n- second\n\n## Two\n\n> quoted\n\n```js\nlet a;\n```\n';
    expect(await sectionsOf(parseMarkdown(utf8(markdown)))).toEqual([
      { page: 1, heading: 'One big', text: 'Hello world, code.\n\nfirst\nsecond' },
      { page: 1, heading: 'Two', headingPath: ['One big'], text: 'quoted\n\nlet a;' },
    ]);
  });

  it('leaves out comments and tags, but not the text between tags', async () => {
    const markdown = '<!-- hidden -->\n\n<div>shown <script>hidden()</script></div>\n\na <b>bold</b> word\n';
    expect(await sectionsOf(parseMarkdown(utf8(markdown)))).toEqual([{ page: 1, text: 'shown\n\na bold word' }]);
  });

  it('reads a large document piece by piece, and no heading in fenced code counts', async () => {
    const chapter = (number: number) =>
      `# Chapter ${number}\n\n${'Some words. '.repeat(400)}\n\n\`\`\`\n# no heading\n\`\`\`\n\n`;
    const parts = await collect(
      parseMarkdown(utf8(Array.from({ length: 120 }, (_, index) => chapter(index)).join(''))),
    );
    const headings = parts.flatMap((part) => part.sections).map((section) => section.heading);
    expect(parts.length).toBeGreaterThan(3);
    expect([...new Set(headings)]).toEqual(Array.from({ length: 120 }, (_, index) => `Chapter ${index}`));
  });
});

describe('parseHtml', () => {
  it('takes headings and text, without scripts, styles and tags, and decodes entities', async () => {
    const html = `<!doctype html><title>Tom &amp; Jerry</title><style>p { color: red }</style>
      <h1>The <em>first</em></h1><p>Some <i>it</i>alic text.<br>Next line.<script>alert(1)</script></p>
      <ul><li>one<li>two</ul><h2>Second</h2><table><tr><td>a<td>b</table>`;
    expect(await sectionsOf(parseHtml(utf8(html)))).toEqual([
      { page: 1, heading: 'Tom & Jerry', text: 'Tom & Jerry' },
      { page: 1, heading: 'The first', text: 'Some italic text.\nNext line.\n\none\ntwo' },
      { page: 1, heading: 'Second', headingPath: ['The first'], text: 'a | b' },
    ]);
  });

  it('reads the encoding that a page declares', async () => {
    const cyrillic = Buffer.concat([
      utf8('<meta charset="windows-1251"><p>'),
      Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
    ]);
    expect(await sectionsOf(parseHtml(cyrillic))).toEqual([{ page: 1, text: 'Привет' }]);
  });
});

describe('parsePlainText', () => {
  it.each([
    ['UTF-8', utf8('grüße 😀')],
    ['UTF-8 with a mark', utf8('\ufeffgrüße 😀')],
    ['UTF-16 little endian with a mark', Buffer.from('\ufeffgrüße 😀', 'utf16le')],
    ['UTF-16 big endian with a mark', Buffer.from('\ufeffgrüße 😀', 'utf16le').swap16()],
  ])('reads %s', async (_name, bytes) => {
    expect(await sectionsOf(parsePlainText(bytes))).toEqual([{ page: 1, text: 'grüße 😀' }]);
  });

  it('reads UTF-16 without a mark', async () => {
    expect(await sectionsOf(parsePlainText(Buffer.from('plain words', 'utf16le')))).toEqual([
      { page: 1, text: 'plain words' },
    ]);
  });

  it('reads an old one-byte encoding', async () => {
    expect(await sectionsOf(parsePlainText(Buffer.from('gr\xfc\xdfe', 'latin1')))).toEqual([
      { page: 1, text: 'grüße' },
    ]);
  });

  it('continues after invalid bytes', async () => {
    const bytes = Buffer.concat([utf8('grüße aus köln '), Buffer.from([0xff]), utf8(' weiter')]);
    expect(await sectionsOf(parsePlainText(bytes))).toEqual([{ page: 1, text: 'grüße aus köln \ufffd weiter' }]);
  });

  it('drops the character NUL, which PostgreSQL refuses', async () => {
    expect(await sectionsOf(parsePlainText(utf8('some\0 words')))).toEqual([{ page: 1, text: 'some words' }]);
  });

  it('passes a long text on in pieces without losing any of it', async () => {
    const text = Array.from({ length: 30_000 }, (_, index) => `word${index} grüße`).join(' ');
    const parts = await collect(parsePlainText(utf8(text)));
    const joined = parts.flatMap((part) => part.sections).map((section) => section.text);
    expect(Math.max(...joined.map((piece) => piece.length))).toBeLessThanOrEqual(32_768);
    expect(joined.join(' ')).toBe(text);
  });

  it('says how many bytes are read, and of how many', async () => {
    const parts = await collect(parsePlainText(utf8('x'.repeat(200_000))));
    expect(parts.map((part) => part.done)).toEqual([65_536, 131_072, 196_608, 200_000, 200_000]);
    expect(parts.every((part) => part.total === 200_000 && part.pages === 1)).toBe(true);
  });
});

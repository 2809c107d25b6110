import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../testing/collect.ts';
import { parseMarkdown } from './markdown.ts';

const sections = (markdown: string) => sectionsOf(parseMarkdown(new TextEncoder().encode(markdown)));
const textOf = async (markdown: string) => (await sections(markdown)).map(({ text }) => text).join('\n---\n');

it('gives a heading of two lines as one line, also behind a hyphen', async () => {
  expect(await sections('well-\nknown\n===\n\nx')).toMatchObject([{ heading: 'well- known', text: 'x' }]);
});

describe('parseMarkdown: blocks', () => {
  it.each([
    ['lines of a paragraph are joined', 'one\ntwo  \nthree\\\nfour\n', 'one two\nthree\nfour'],
    ['lines without spaces between words are joined without', '古老的\n灯塔\n', '古老的灯塔'],
    [
      'a line end stays behind a hyphen that may divide a word',
      'inter-\nnational, Jean-\nPaul -\nx',
      'inter-\nnational, Jean- Paul - x',
    ],
    [
      'code keeps its lines and indentation',
      '```js\nif (a) {\n  b();\n}\n```\n\n    x = 1\n      y = 2\n',
      'if (a) {\n  b();\n}\n\nx = 1\n  y = 2',
    ],
    ['a fence ends by a fence of its kind', '````\n```\n# no heading\n````\nafter', '```\n# no heading\nafter'],
    ['inline code of three backticks is no fence', '``` no fence ``` code\n\n# Title', 'no fence code\n---\nTitle'],
    [
      'rows of tables are lines',
      'before\n\n| a | **b** |\n|---|:-:|\n| c \\| d | `e` |\n| f |\n\nafter',
      'before\n\na | b\nc | d | e\nf\n\nafter',
    ],
    ['a table ends the paragraph above its head', 'text\na|b\n-|-\nc|d', 'text\na | b\nc | d'],
    ['what looks like a table is text', 'a|b\nc|d\n\n-|-\n', 'a|b c|d\n\n-|-'],
    [
      'items are lines, numbers stay',
      '- one\n- two\n  1. three\n  2. four\n\n     more\n- [x] done\n',
      'one\ntwo\n1. three\n2. four\n\nmore\n[x] done',
    ],
    ['a wrapped number begins no list', 'born in\n1986. Then', 'born in 1986. Then'],
    ['quotes hold blocks, and their lines may go on', '> a\nb\n> - c\n> ## d\n', 'a b\nc\n---\nd'],
    ['footnotes are text', 'word[^1] more\n\n[^1]: The note\n    goes on.\n', 'word[1] more\n\n[1] The note goes on.'],
    [
      'HTML is read as HTML',
      '<div>shown <script>hidden()</script></div>\n\na <b>bold</b> w<i>or</i>d<br>x <!-- no --> <img alt="pic">\n',
      'shown\n\na bold word\nx pic',
    ],
    [
      'HTML headings and tables between Markdown',
      '<h1 align="center">Name</h1>\n\n<table><tr><td>a</td><td>b</td></tr></table>\n',
      'a | b',
    ],
    ['a comment ends where it ends', '<!-- a\n\nb -->\nc\n', 'c'],
    [
      'definitions are text, and make labels known',
      '[one][x] [x] [y] [z][w]\n\n[x]: https://example.org/x "Title"\n',
      'one x [y] [z][w]\n\nx: https://example.org/x "Title"',
    ],
    [
      'a line of any length is text',
      `${'word '.repeat(60_000)}end\n\nnext`,
      `${'word '.repeat(60_000)}end\n\nnext`.replace(/ end/, ' end'),
    ],
  ])('%s', async (_rule, markdown, expected) => {
    const text = await textOf(markdown);
    if (expected.length < 1_000) expect(text).toBe(expected);
    else expect(text.replace(/\s+|---/g, '')).toBe(expected.replace(/\s+/g, ''));
  });

  it('names the headings above a section', async () => {
    expect(await sections('# A *b* #\na\n\nB\nC\n---\nb\n\n#### D\n\nd\n## E\ne')).toEqual([
      { page: 1, heading: 'A b', text: 'a' },
      { page: 1, heading: 'B C', headingPath: ['A b'], text: 'b' },
      { page: 1, heading: 'D', headingPath: ['A b', 'B C'], text: 'd' },
      { page: 1, heading: 'E', headingPath: ['A b'], text: 'e' },
    ]);
  });

  it('keeps an underlined paragraph of more than 300 characters whole', async () => {
    expect(await textOf(`${'Many words about one thing. '.repeat(30)}quartz\n---\n\nx`)).toContain('quartz');
  });

  it('keeps the text of quotes and lists of any depth', async () => {
    expect(await textOf(`${'>'.repeat(5_000)} deep`)).toContain('deep');
    expect(await textOf(`${'- '.repeat(5_000)}deep`)).toContain('deep');
  });
});

describe('parseMarkdown: inline markup', () => {
  it.each([
    [
      'emphasis goes, its words stay',
      '*a* **b** ***c*** _d_ __e__ ~~f~~ un*frigging*believable',
      'a b c d e f unfriggingbelievable',
    ],
    [
      'marks that mark nothing are text',
      '2 * 3 * 4 snake_case_name * a*b **open',
      '2 * 3 * 4 snake_case_name * a*b **open',
    ],
    ['escapes and entities are decoded', '\\*a\\* &amp; &copy; &#65;&#x42; &nope; \\q', '*a* & © AB &nope; \\q'],
    ['code is text as it stands', '`a_b_c` ``x ` y`` `*n*` ` `` `', 'a_b_c x ` y *n* ``'],
    [
      'URLs are noted after the paragraph',
      'the [manual](https://example.org/m "Our manual") says\n\nnext',
      'the manual says\nhttps://example.org/m Our manual\n\nnext',
    ],
    [
      'URLs that are the text are not repeated',
      '<https://example.org/a_b> https://example.org/_x_/y [example.org](http://example.org/) <a@b.cd>',
      'https://example.org/a_b https://example.org/_x_/y example.org a@b.cd',
    ],
    ['alternative texts are text', '![a turbine](t.png) [![badge](b.svg)](#x)', 'a turbine badge'],
    ['brackets that are no links are text', 'a[i][j] [x] (y) ![ ]( [a](b', 'a[i][j] [x] (y) ![ ]( [a](b'],
    ['links of HTML are noted', 'a <a href="https://example.org/h">link</a>', 'a link\nhttps://example.org/h'],
    ['a sign that begins no tag is text', 'a < b <3 <- x <y', 'a < b <3 <- x <y'],
  ])('%s', async (_rule, markdown, expected) => {
    expect(await textOf(markdown)).toBe(expected);
  });
});

describe('parseMarkdown: settings at the beginning', () => {
  it('takes the title as heading and keeps the others as text', async () => {
    expect(
      await sections('---\ntitle: Lantern Care\ntags: [lantern, wick]\nauthor:\n  name: Ann\n---\n\nBody'),
    ).toEqual([{ page: 1, heading: 'Lantern Care', text: 'tags: lantern, wick\nauthor: name: Ann\n\nBody' }]);
    expect(await sections('+++\ntitle = "Lantern"\ntags = ["wick"]\n+++\nBody')).toEqual([
      { page: 1, heading: 'Lantern', text: 'title = "Lantern"\ntags = ["wick"]\n\nBody' },
    ]);
  });

  it.each([
    [
      'a rule in the first line',
      '---\n\nThe opening: a harbour.\n\n---\n\nThe second part',
      'The opening: a harbour.\n\nThe second part',
    ],
    [
      'text between two rules',
      '---\nThe opening tells of pilots.\n---\nThe second part',
      'The opening tells of pilots.\nThe second part',
    ],
    ['a block without an end', '---\ntitle: x\nand more', 'title: x and more'],
    [
      'settings that are no YAML',
      '---\ntitle: "a" b: c\nsummary: [wick\n---\nBody',
      'a" b: c\ntitle: "a" b: c\nsummary: [wick\n\nBody',
    ],
    ['aliases that multiply', '---\na: &a [x,x]\nb: [*a,*a]\n---\nBody', 'a: &a [x,x]\nb: [*a,*a]\n\nBody'],
  ])('loses nothing of %s', async (_what, markdown, expected) => {
    const headings = (await sections(markdown)).map(({ heading = '' }) => heading);
    expect([...new Set(headings), await textOf(markdown)].join('\n').trim()).toBe(expected);
  });

  it('keeps a large document with progress, without a heading in it', async () => {
    const text = 'Plain paragraph of a log.\n\n'.repeat(20_000);
    let parts = 0;
    for await (const part of parseMarkdown(new TextEncoder().encode(text))) parts += Number(part.total > 0);
    expect(parts).toBeGreaterThan(5);
  });
});

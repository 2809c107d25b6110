import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../testing/collect.ts';
import { parseHtml } from './html.ts';

const sections = (html: string) => sectionsOf(parseHtml(new TextEncoder().encode(html)));
const textOf = async (html: string) => (await sections(html)).map(({ text }) => text).join('\n---\n');

describe('parseHtml', () => {
  it.each([
    ['a paragraph ends where the next block begins', '<p>one<p>two<div>three</div>four', 'one\n\ntwo\n\nthree\n\nfour'],
    ['list items need no end tags', '<ul><li>a<ul><li>b</ul><li>c</ul>d', 'a\n\nb\n\nc\n\nd'],
    ['unknown elements are part of the line', 'un<x-y>brok</x-y>en <custom-el>word</custom-el>s', 'unbroken words'],
    [
      'formatting does not divide words',
      'un<b>believ</b>able H<sub>2</sub>O foo<wbr>bar so&shy;ft',
      'unbelievable H2O foobar soft',
    ],
    ['end tags without a start are passed over', 'a</div>b</p></b>c</table>', 'abc'],
    ['a line break ends a line, two end a paragraph', 'a<br>b<br/><br>c', 'a\nb\n\nc'],
    ['entities are decoded', '&lt;p&gt; &hellip; &#x41;&#65; &copy &notanentity;', '<p> … AA © ¬anentity;'],
    ['code keeps its lines and indentation', '<pre>\nif x:\n    return 1\n</pre>after', 'if x:\n    return 1\n\nafter'],
    ['comments, also long ones, hold no text', `a<!-- ${'licence '.repeat(5_000)}-->b<!-->c`, 'abc'],
    [
      'scripts, styles and templates hold no text',
      '<script>a("<p>")</script><style>p{}</style><template>x</template>y',
      'y',
    ],
    ['text for browsers without scripts is text', '<noscript><p>turn it on</p></noscript>', 'turn it on'],
    ['alternative texts are text', '<img src=x alt="a turbine"><a href="#t"><img alt=home></a>', 'a turbine home'],
    ['tooltips and labels are no text', '<abbr title="World Health Org">WHO</abbr><i aria-label="x"></i>', 'WHO'],
    [
      'values, hints and options of forms are text, secrets are not',
      '<input value="Oslo" placeholder="city"><input type=hidden value=no><input type=password value=no><textarea>long\n text</textarea><select><option>Choice one<option>two</select><button>Send</button>',
      'Oslo city\nlong\n text\nChoice one\ntwo\nSend',
    ],
    [
      'hidden elements are not shown',
      'a<div hidden>x<div>y</div>z</div><p style="color:red; display: none">x<p>b',
      'a\n\nb',
    ],
    [
      'a URL is noted after the paragraph, once',
      '<p>the <a href="https://example.org/m">manual</a> says</p><a href="https://example.org/m">again</a>',
      'the manual says\nhttps://example.org/m\n\nagain',
    ],
    [
      'a URL that is the text, or leads into the page, is not repeated',
      '<a href="https://www.example.org/">example.org</a> <a href="#top">up</a> <a href="mailto:a@b.cd">a@b.cd</a>',
      'example.org up a@b.cd',
    ],
    [
      'rows of tables are lines',
      '<table><caption>Prices<tr><th>Item<th>Price<tr><td><p>Oak</p></td><td><div>7</div></td></tr><tr><td></td><td>9</table>',
      'Prices\n\nItem | Price\nOak | 7\n9',
    ],
    [
      'the base of ruby is one word, its reading stands apart',
      '<p>はい <ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>です</p>',
      'はい 漢字です\nかんじ',
    ],
    [
      'a formula is one line',
      '<math><mi>E</mi><mo>=</mo>\n <mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math> and <math><mfrac><mn>1</mn><msqrt><mn>2</mn></msqrt></mfrac></math>',
      'E = mc^2 and 1/√2',
    ],
    [
      'labels of drawings are text',
      '<svg><title>Map</title><text>North</text><text>South</text><style>x</style></svg>',
      'Map North South',
    ],
    ['HTML ends a drawing that is not closed', '<svg><path><p>words</p>', 'words'],
  ])('reads as a browser does: %s', async (_rule, html, expected) => {
    expect(await textOf(html)).toBe(expected);
  });

  it('reads empty elements of XHTML, whose end tags HTML wants', async () => {
    const xhtml =
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a.js"/><style/></head>' +
      '<body><h1>Heading</h1><p>Self <a id="x"/>closing<iframe/> <textarea/><![CDATA[a < b]]></p></body></html>';
    expect(await sections(xhtml)).toEqual([{ page: 1, heading: 'Heading', text: 'Self closing\na < b' }]);
    expect(
      await textOf(xhtml.replace('<?xml version="1.0"?>', '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x">')),
    ).toContain('closing');
  });

  it('names the headings above a section', async () => {
    expect(await sections('<h1>A<b>b</b></h1><h2>B</h2>b<h3>C</h3>c<h2>D</h2>d')).toEqual([
      { page: 1, heading: 'Ab', text: 'Ab' },
      { page: 1, heading: 'B', headingPath: ['Ab'], text: 'b' },
      { page: 1, heading: 'C', headingPath: ['Ab', 'B'], text: 'c' },
      { page: 1, heading: 'D', headingPath: ['Ab'], text: 'd' },
    ]);
  });

  it('ends a heading without an end tag, and keeps all of its text', async () => {
    expect(await sections('<h2>Open<p>text</p>')).toEqual([{ page: 1, heading: 'Open', text: 'text' }]);
    expect(await sections('<h1>One<h2>Two</h2>x')).toEqual([
      { page: 1, heading: 'One', text: 'One' },
      { page: 1, heading: 'Two', headingPath: ['One'], text: 'x' },
    ]);
    const words = Array.from({ length: 3_000 }, (_, index) => `word${index}`);
    const text = await textOf(`<h1>${words.join(' ')}`);
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
  });

  it('keeps a heading of more than 300 characters whole', async () => {
    expect(
      await textOf(`<h3>${'Each word of this abstract is a heading. '.repeat(20)}zirconite</h3><p>x</p>`),
    ).toContain('zirconite');
  });
});

import { encodeText } from '../encoded-documents.ts';
import type { DocumentCase } from '../corpus-document.ts';

const LONG_HEADING = `${'a heading that grows and grows '.repeat(14)}until halcyon`;

/** Markdown and HTML of one peculiarity each. */
export const MARKUP_CASES: readonly DocumentCase[] = [
  {
    name: 'rule-first.md',
    make: () => '---\n\nA chapter about sluices.\n\n---\n\nA chapter about dredgers.\n',
    text: 'A chapter about sluices A chapter about dredgers',
  },
  {
    name: 'front-matter.md',
    make: () => '---\ntitle: Care of Lanterns\ntags: [wicks, paraffin]\n---\n\nTrim it daily.\n',
    text: 'Care of Lanterns wicks paraffin Trim it daily',
  },
  { name: 'long-heading.md', make: () => `${LONG_HEADING}\n===\n\nBody.\n`, text: `${LONG_HEADING} Body` },
  { name: 'long-heading.html', make: () => `<h1>${LONG_HEADING}</h1><p>Body.</p>`, text: `${LONG_HEADING} Body` },
  {
    name: 'code-and-table.md',
    make: () => '| knot | use |\n|---|---|\n| bowline | mooring |\n\n```\nif reef:\n    reduce_sail()\n```\n',
    text: 'knot use bowline mooring if reef reduce sail',
  },
  {
    name: 'fragment.html',
    make: () =>
      '<h2>Weir</h2>\n<p>The <b>low</b> wall &amp; pool.</p><script>var hiddenScript</script><style>p{}</style>',
    text: 'Weir The low wall pool',
    absent: ['hiddenscript', 'style', 'p'],
  },
  {
    name: 'long-comment.html',
    make: () =>
      `<!-- ${'licence text '.repeat(500)}-->\n<!doctype html><html><body><p>Behind the comment</p></body></html>`,
    text: 'Behind the comment',
    absent: ['licence'],
  },
  {
    name: 'self-closed.xhtml',
    make: () =>
      '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a.js"/></head>' +
      '<body><h1>Lock keeper</h1><p>Opens <br/> the gates.</p></body></html>',
    text: 'Lock keeper Opens the gates',
  },
  {
    name: 'alternative-texts.html',
    make: () => '<!doctype html><body><img alt="Plan of the aqueduct"><p>See <a href="https://example.org/x">plan</a>',
    text: 'Plan of the aqueduct See plan',
  },
  {
    name: 'ruby-and-inline.html',
    make: () =>
      '<!doctype html><body><p>un<b>sink</b>able H<sub>2</sub>O <ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby></p>',
    text: 'unsinkable 漢字',
  },
  {
    name: 'unclosed.html',
    make: () => '<!doctype html><title>Quay</title><p>One<p>Two<table><tr><td>three<td>four<tr><td>five',
    text: 'Quay One Two three four five',
  },
  {
    name: 'charset-windows-1252.html',
    make: () => encodeText('<!doctype html><meta charset="windows-1252"><p>Café “Zürich”</p>', 'windows-1252'),
    text: 'Café Zürich',
  },
  {
    name: 'charset-gb2312.html',
    make: () => encodeText('<!doctype html><meta charset="gb2312"><p>河水从山谷里来</p>', 'gbk'),
    text: '河水从山谷里来',
  },
  {
    name: 'charset-shift_jis.html',
    make: () => encodeText('<!doctype html><meta charset="Shift_JIS"><p>川は山を下る</p>', 'shift_jis'),
    text: '川は山を下る',
  },
];

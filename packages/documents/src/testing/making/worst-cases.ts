/** A text, of any size, that naive readers need very long for. */
export interface WorstCase {
  name: string;
  mediaType: 'text/markdown' | 'text/html' | 'text/plain';
  /** @returns a text of about the given number of ASCII characters. */
  make: (length: number) => string;
}

const MARKDOWN: Readonly<Record<string, WorstCase['make']>> = {
  'paragraphs without a heading': repeated('Plain paragraph of words and more words.\n\n'),
  'one paragraph': repeated('Plain words of one paragraph.\n'),
  'one line': repeated('word '),
  'one word': repeated('w'),
  spaces: repeated(' '),
  'blank lines': repeated('\n'),
  'underlined headings': repeated('Chapter\n=======\n\nwords of a chapter\n\n'),
  'headings and no text': repeated('a\n=\n'),
  'numbers signs in a heading': (length) => `# ${repeat('# ', length)}`,
  'nested quotes': repeated('>'),
  'a nested quote and lines that go it on': (length) => `${repeat('>', 1_000)}\n${repeat('a\n', length)}`,
  'nested lists in one line': repeated('- '),
  'nested lists in one line, and text': (length) => `${repeat('- ', length)}a`,
  'nested lists in many lines': nestedList,
  'a nested list and blank lines': (length) => `${repeat('- ', 400)}a\n${repeat('\n', length)}`,
  'numbered items': repeated('1. a\n'),
  'emphasis that crosses': repeated('*a_'),
  'emphasis that is not closed': repeated('**a *b '),
  'marks within words': repeated('a_'),
  strikethrough: repeated('~~a'),
  'open brackets': repeated('['),
  'open and closed brackets': (length) => repeat('[', length / 2) + repeat(']', length / 2),
  'links that are not closed': repeated('[a](<b'),
  'links with open titles': repeated('[a](b "c'),
  'images within images': (length) => repeat('![', length / 3) + repeat('](u)', (length * 2) / 3),
  definitions: repeated('[a]: u\n'),
  'definitions in one line': repeated('[a]:'),
  footnotes: repeated('[^a]: note\n\n'),
  'runs of backticks': backtickRuns,
  'open fences': repeated('```\n'),
  'a fence that is not closed': (length) => `\`\`\`\n${repeat('code\n', length)}`,
  'a first line of inline code': (length) =>
    `\`\`\` not a fence \`\`\` code\n\n${repeat('# heading\n\ntext\n\n', length)}`,
  'less-than signs': repeated('<'),
  'tags that are not closed': repeated('<a b="'),
  'comments that are not closed': (length) => `x ${repeat('<!--', length)}`,
  'a comment over many lines': (length) => `<!--\n${repeat('x\n', length)}`,
  'tags between blank lines': repeated('<p>\n\n'),
  ampersands: repeated('&'),
  'a wide table': wideTable,
  'a long table': (length) => `|a|b|\n|-|-|\n${repeat('|c|d|\n', length)}`,
  'rows without a table': repeated('a|b\n'),
  'settings that do not end': (length) => `---\n${repeat('a: b\n', length)}`,
  'carriage returns': repeated('a\r'),
};

const HTML: Readonly<Record<string, WorstCase['make']>> = {
  'nested elements': repeated('<div>'),
  'formatting that is not closed': repeated('<b>'),
  'formatting that crosses': (length) => repeat('<a><b><i>', length / 2) + repeat('</a></b>x</i>', length / 2),
  'end tags out of order': repeated('<i><div><span></i></p>'),
  'tables out of order': repeated('<table><b><tr>x'),
  'nested lists': repeated('<ul><li>x'),
  'cells without a row': (length) => `<table>${repeat('<td>x', length)}`,
  'a long attribute': (length) => `<p a="${repeat('x y', length)}">t`,
  'many attributes': (length) => `<p ${numbered('a', length)}>t`,
  'a long comment': (length) => `<!--${repeat('x -', length)}-->t`,
  comments: repeated('<!---->'),
  'less-than signs': repeated('<'),
  ampersands: repeated('&'),
  'tags that are not closed': repeated('<a '),
  'a heading that is not closed': (length) => `<h1>${repeat('word ', length)}`,
  headings: repeated('<h1>x'),
  'a title that is not closed': (length) => `<title>${repeat('word ', length)}`,
  'a script within a script': (length) => `<script>${repeat('<!--<script>', length)}`,
  'drawings in formulas': repeated('<svg><math>'),
  'nested fractions': (length) => `<math>${repeat('<mfrac>x', length)}`,
  ruby: (length) => `<ruby>${repeat('<rt>x', length)}`,
  'hidden elements': repeated('<p hidden>x'),
  templates: repeated('<template>x'),
  'preformatted lines': (length) => `<pre>${repeat('<br>  x\n', length)}`,
  links: (length) => repeat('<a href="https://example.org/">text</a> ', length),
  'one line': repeated('word '),
};

const PLAIN: Readonly<Record<string, WorstCase['make']>> = {
  'escape characters': repeated('\x1b['),
  'control strings that are not closed': repeated('\x1b]0;'),
  backspaces: repeated('a\b'),
  'form feeds': repeated('\f'),
  'line ends': repeated('\r\n'),
  'one word': repeated('w'),
  spaces: repeated(' '),
};

/** Texts for which readers are known to take more than linear time or memory. */
export const WORST_CASES: readonly WorstCase[] = [
  ...casesOf('text/markdown', MARKDOWN),
  ...casesOf('text/html', HTML),
  ...casesOf('text/plain', PLAIN),
];

function casesOf(mediaType: WorstCase['mediaType'], makers: Readonly<Record<string, WorstCase['make']>>): WorstCase[] {
  return Object.entries(makers).map(([name, make]) => ({ name, mediaType, make }));
}

function repeat(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length));
}

function repeated(unit: string): WorstCase['make'] {
  return (length) => repeat(unit, length);
}

function numbered(name: string, length: number): string {
  return Array.from({ length: length / 8 }, (_, index) => `${name}${index}`).join(' ');
}

function nestedList(length: number): string {
  const lines: string[] = [];
  for (let depth = 0, made = 0; made < length; depth = (depth + 1) % 200) {
    const line = `${'  '.repeat(depth)}- item ${depth}\n`;
    lines.push(line);
    made += line.length;
  }
  return lines.join('');
}

function backtickRuns(length: number): string {
  const runs: string[] = [];
  for (let run = 1, made = 0; made < length; run += 1) {
    runs.push('`'.repeat(run));
    made += run + 1;
  }
  return runs.join(' ');
}

/** Rows of 10,000 cells. */
function wideTable(length: number): string {
  const row = (cell: string) => `|${repeat(cell, cell.length * 10_000)}\n`;
  return row('a|') + row('-|') + repeat(row('b|'), length);
}

import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../../testing/collect.ts';
import { makeRawPage, makeRawPdf, pdfStream } from '../../../../testing/making/make-raw-pdf.ts';
import { parsePdf } from '../parse-pdf.ts';
import { framesOf } from '../text/text-runs.ts';

const escaped = (text: string) => text.replace(/[\\()]/g, '\\$&');

/** Shows text at a place; `matrix` is its direction and scale. */
function show(text: string, at: { x: number; y: number; size?: number; matrix?: string }): string {
  const { x, y, size = 10, matrix = '1 0 0 1' } = at;
  return `BT /F1 ${String(size)} Tf ${matrix} ${String(x)} ${String(y)} Tm (${escaped(text)}) Tj ET\n`;
}

async function textOf(content: string, page: { fonts?: string; page?: string } = {}): Promise<string> {
  const sections = await sectionsOf(parsePdf(makeRawPdf(makeRawPage(content, page))));
  return sections.map(({ text }) => text).join('\n');
}

/** Lines of running text that all differ. */
const prose = (name: string, lines: number) =>
  Array.from({ length: lines }, (_, index) => `${name} line ${String(index + 1)} about barley and tides`);

describe('reading order', () => {
  it('reads columns of running text one after the other, for any drawing order', async () => {
    for (const columns of [2, 3]) {
      const names = ['first', 'second', 'third'].slice(0, columns);
      const shown = Array.from({ length: 12 }, (_, row) =>
        names.map((name, column) =>
          show(prose(name, 12)[row] ?? '', { x: 40 + column * (540 / columns), y: 700 - row * 12, size: 9 }),
        ),
      ).flat();
      const title = show('A heading over both columns of this page here', { x: 120, y: 740, size: 16 });
      const expected = names.map((name) => prose(name, 12).join(' ')).join(' ');
      for (const order of [shown, [...shown].reverse()]) {
        const text = await textOf(title + order.join(''));
        expect(text.replace(/\s+/g, ' ')).toContain(expected);
      }
    }
  });

  it('reads full lines between two stretches of columns in their place', async () => {
    const stretch = (names: [string, string], top: number) =>
      Array.from({ length: 5 }, (_, row) =>
        names.map((name, column) => show(prose(name, 5)[row] ?? '', { x: 40 + column * 270, y: top - row * 12 })),
      ).flat();
    const across =
      'A line that goes over the whole width of the page, so that both columns end above it and begin anew';
    const text = await textOf(
      [...stretch(['one', 'two'], 780), show(across, { x: 40, y: 700 }), ...stretch(['three', 'four'], 680)].join(''),
    );
    const expected = [...prose('one', 5), ...prose('two', 5), across, ...prose('three', 5), ...prose('four', 5)];
    expect(text.replace(/\s+/g, ' ')).toBe(expected.join(' '));
  });

  it('keeps the rows of a table', async () => {
    const rows = [
      ['Article', 'Quantity', 'Price'],
      ['Walnut shelf', '12', '340.50'],
      ['Oak beam of old wood', '7', '99.00'],
      ['Pine board', '140', '12.10'],
    ];
    const cells = rows.flatMap((row, line) =>
      row.map((cell, column) => show(cell, { x: 72 + column * 150, y: 700 - line * 14 })),
    );
    expect(await textOf(cells.join(''))).toBe(rows.map((row) => row.join(' ')).join('\n'));
  });

  it('keeps the rows of a table with many columns', async () => {
    const row = Array.from({ length: 40 }, (_, column) => String(column + 100));
    const cells = Array.from({ length: 40 }, (_, line) =>
      row.map((cell, column) => show(cell, { x: 20 + column * 14, y: 780 - line * 14, size: 4 })),
    );
    const text = await textOf(cells.flat().join(''));
    expect(text.split('\n')).toEqual(Array.from({ length: 40 }, () => row.join(' ')));
  });

  it('keeps the numbers of a list with their lines', async () => {
    const lines = prose('point', 5).map((text, index) => [
      show(`${String(index + 1)}.`, { x: 40, y: 700 - index * 14 }),
      show(text, { x: 80, y: 700 - index * 14 }),
    ]);
    expect(await textOf(lines.flat().join(''))).toMatch(/^1\. point line 1 .*\n2\. point line 2 /);
  });

  it('reads lines from bottom to top that are drawn in reverse', async () => {
    const lines = prose('reversed', 6).map((text, index) => show(text, { x: 72, y: 700 - index * 12 }));
    expect(await textOf(lines.reverse().join(''))).toBe(prose('reversed', 6).join(' '));
  });

  it.each([
    { name: 'up the page', matrix: '0 1 -1 0', place: (line: number) => ({ x: 100 + line * 12, y: 100 }) },
    { name: 'down the page', matrix: '0 -1 1 0', place: (line: number) => ({ x: 400 - line * 12, y: 700 }) },
    { name: 'upside down', matrix: '-1 0 0 -1', place: (line: number) => ({ x: 500, y: 100 + line * 12 }) },
    { name: 'mirrored', matrix: '-1 0 0 1', place: (line: number) => ({ x: 500, y: 700 - line * 12 }) },
  ])('reads text that runs $name in its own direction', async ({ matrix, place }) => {
    const lines = prose('turned', 6).map((text, index) => show(text, { ...place(index), matrix }));
    for (const order of [lines, [...lines].reverse()]) {
      expect(await textOf(order.join(''))).toBe(prose('turned', 6).join(' '));
    }
  });

  it('reads a page that is shown turned', async () => {
    const lines = prose('landscape', 4).map((text, index) =>
      show(text, { x: 100 + index * 12, y: 100, matrix: '0 1 -1 0' }),
    );
    expect(await textOf(lines.join(''), { page: '/Rotate 90' })).toBe(prose('landscape', 4).join(' '));
  });

  it('reads vertical Japanese in columns from right to left', async () => {
    const system = '/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>';
    const descriptor = '/FontDescriptor << /Type /FontDescriptor /FontName /Some-Font /Flags 6 >>';
    const descendant = `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Some-Font ${system} ${descriptor} >>`;
    const fonts = `/F2 << /Type /Font /Subtype /Type0 /BaseFont /Some-Font /Encoding /UniJIS-UCS2-V /DescendantFonts [${descendant}] >>`;
    const columns = ['吾輩は猫である', '名前はまだ無い', '何処で生れたか'];
    const shown = columns.map((text, index) => {
      const hex = Buffer.from(text, 'utf16le').swap16().toString('hex');
      return `BT /F2 14 Tf 1 0 0 1 ${String(500 - index * 24)} 700 Tm <${hex}> Tj ET\n`;
    });
    for (const order of [shown, [...shown].reverse()]) {
      expect(await textOf(order.join(''), { fonts })).toBe(columns.join(''));
    }
  });

  it('reads lines from right to left in logical order', async () => {
    const names = ['05D0', '05D1', '05D2', '05D3', '05D4', '05D5'].map((code) => `/uni${code}`).join(' ');
    const encoding = `/Encoding << /Type /Encoding /Differences [97 ${names}] >>`;
    const widths = `/FirstChar 32 /LastChar 102 /Widths [${'500 '.repeat(71)}]`;
    const fonts = `/F3 << /Type /Font /Subtype /TrueType /BaseFont /Hebrew ${encoding} ${widths} >>`;
    const word = (glyphs: string, x: number) => `BT /F3 10 Tf 1 0 0 1 ${String(x)} 700 Tm (${glyphs}) Tj ET\n`;
    // Glyphs stand from left to right: a word's first letter is its last glyph.
    const words = [word('cba', 300), word('fed', 270), word('ab', 250), word('17', 235)];
    for (const order of [words, [...words].reverse()]) {
      expect(await textOf(order.join(''), { fonts })).toBe('אבג דהו בא 17');
    }
  });
});

describe('words', () => {
  it('reads text once that is drawn twice to look bold', async () => {
    const twice = ['bold ', 'words ', 'stand here'].flatMap((text, index) => [
      show(text, { x: 72 + index * 60, y: 700 }),
      show(text, { x: 72.4 + index * 60, y: 700 }),
    ]);
    expect(await textOf(twice.join(''))).toBe('bold words stand here');
    // pdf.js joins the copy of a word with the next word. Places of words in Helvetica, with a space after each.
    const line = { words: ['Doubled', 'word', 'by', 'word', 'wombat'], at: [0, 48, 77.3, 93.1, 122.4] };
    const drawn = line.words.flatMap((word, index) =>
      [0, 0.4].map((offset) => show(word, { x: 72 + (line.at[index] ?? 0) + offset, y: 700, size: 12 })),
    );
    expect(await textOf(drawn.join(''))).toBe('Doubled word by word wombat');
    const again = show('drawn later again', { x: 72, y: 700 }) + show('between', { x: 72, y: 650 });
    expect(await textOf(again + show('drawn later again', { x: 72.3, y: 700 }))).toBe('drawn later again between');
  });

  it('reads text once if each letter is drawn again with the next one', async () => {
    // Widths of Helvetica: t 278, e 556, s 500.
    const at = (text: string, x: number) => show(text, { x: 72 + x, y: 700 });
    const letters = [
      at('t', 0),
      at('te', 0.1),
      at('e', 2.9),
      at('e', 2.7),
      at('es', 2.8),
      at('st', 8.3),
      at('t t', 13.3),
    ];
    expect(await textOf([...letters, at('t', 18.9), at('ea', 21.6), at('a', 27.1)].join(''))).toBe('test tea');
    const halves = [at('test', 0), at('testbed', 0), at('bed', 16.2), at('d', 27.3)];
    expect(await textOf(halves.join(''))).toBe('testbed');
  });

  it('keeps words that occur twice on a line', async () => {
    expect(await textOf(show('had ', { x: 72, y: 700 }) + show('had', { x: 92, y: 700 }))).toBe('had had');
  });

  it('parts superscripts from words, but not the letters of ordinals', async () => {
    const mark = show('house', { x: 72, y: 700 }) + show('12', { x: 99, y: 704, size: 6 });
    expect(await textOf(mark + show('stands', { x: 107, y: 700 }))).toBe('house 12 stands');
    expect(await textOf(show('the 21', { x: 72, y: 700 }) + show('st', { x: 100, y: 704, size: 6 }))).toBe('the 21st');
  });

  it.each([
    { base: '20 km', width: 25.6, exponent: '2', text: '20 km2' },
    { base: 'x', width: 5, exponent: '2', text: 'x2' },
    { base: '(a', width: 8.9, exponent: '12', text: '(a12' },
    { base: 'kg m', width: 21.7, exponent: '3', text: 'kg m3' },
    { base: 'km', width: 13.4, exponent: 'st', text: 'km st' },
    { base: '5 N/m', width: 24.4, exponent: '2', text: '5 N/m2' },
    { base: 'in math.h', width: 41.7, exponent: '3', text: 'in math.h 3' },
    { base: 'firm', width: 16.7, exponent: '3', text: 'firm 3' },
  ])('keeps powers with their unit or variable: $text', async ({ base, width, exponent, text }) => {
    const power = show(exponent, { x: 72 + width, y: 704, size: 6 });
    expect(await textOf(show(base, { x: 72, y: 700 }) + power)).toBe(text);
  });
});

describe('letters with a distance between them', () => {
  const spaced = (spacing: number, shown: string) => textOf(`BT /F1 20 Tf ${String(spacing)} Tc 72 700 Td ${shown} ET`);

  it.each([
    { spacing: 4, shown: '(Lorem ipsum) Tj' },
    { spacing: 10, shown: '(Lorem ipsum) Tj' },
    { spacing: 6, shown: '[(Lo) 20 (rem) -15 ( ip) (sum)] TJ' },
    { spacing: 6, shown: '[(Lorem) -250 (ipsum)] TJ' },
  ])('are words if the distance is the one between letters ($spacing, $shown)', async ({ spacing, shown }) => {
    expect(await spaced(spacing, shown)).toBe('Lorem ipsum');
  });

  it('are separate words where a distance replaces the space', async () => {
    expect(await spaced(6, '(13579) Tj')).toBe('1 3 5 7 9');
    expect(await spaced(6, '0 Tc (PART) Tj 54 0 Td 6 Tc (SS) Tj 33 0 Td 0 Tc (OLUTION) Tj')).toBe('PARTS SOLUTION');
    expect(await spaced(6, '[(As) 300 (e) 300 (c) 300 (t) 300 (i) 300 (o) 300 (n)] TJ')).toBe('A section');
  });
});

describe('letters that are drawn one by one', () => {
  it('are one word if their font states too large widths', async () => {
    const letters = Array.from('lighthouse')
      .map((letter, index) => show(letter, { x: 72 + index * 5, y: 700 }))
      .join('');
    const fonts = `/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 97 /LastChar 122 /Widths [${'1000 '.repeat(26)}] >>`;
    expect(await textOf(letters.replaceAll('/F1', '/F2'), { fonts })).toBe('lighthouse');
  });

  it('are one word if some are drawn two at a time', async () => {
    const fonts = `/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 97 /LastChar 122 /Widths [${'1000 '.repeat(26)}] >>`;
    const shown = 'BT /F2 10 Tf 72 700 Td (l) Tj 5 0 Td (i) Tj 5 0 Td [(g) 150 (h)] TJ 10 0 Td (t) Tj ET';
    expect(await textOf(shown, { fonts })).toBe('light');
  });

  it('are two words with a drawn space between them', async () => {
    const fonts = `/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 32 /LastChar 122 /Widths [${'1000 '.repeat(91)}] >>`;
    const shown = 'BT /F2 10 Tf 72 700 Td (o) Tj 5 0 Td (r ) Tj 6 0 Td (2) Tj 5 0 Td (0) Tj ET';
    expect(await textOf(shown, { fonts })).toBe('or 20');
  });

  it('are one word without a space between them, and two words with one', () => {
    const item = (str: string, x: number, width: number) => ({
      str,
      dir: 'ltr',
      transform: [0.2, 0, 0, 17, x, 700],
      width,
      height: str === ' ' ? 0 : 17,
      fontName: 'F1',
    });
    const spaced = (gap: number) => {
      const [frame] = framesOf([item('P', 72, 9), item(' ', 81, gap), item('ro', 81 + gap, 13)], {});
      return frame?.runs.map(({ isSpaced }) => isSpaced);
    };
    expect(spaced(0.7)).toEqual([false, false]);
    expect(spaced(4.6)).toEqual([false, true]);
  });
});

describe('letters that are images (Type 3 fonts)', () => {
  it('are words, as letters of other fonts are', async () => {
    const glyph = pdfStream(
      `10 0 0 0 9 12 d1 9 0 0 12 0 0 cm BI /W 90 /H 96 /IM true /BPC 1 /F /AHx ID ${'f0'.repeat(12 * 96)}> EI`,
    );
    const letters = Array.from('adefghiloprstu');
    const codes = letters.map((letter) => letter.charCodeAt(0));
    const procedures = letters.map((letter) => `/${letter} 5 0 R`).join(' ');
    const differences = letters.map((letter, index) => `${String(codes[index])} /${letter}`).join(' ');
    const fonts = `/F2 << /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 122 /Widths [${'10 '.repeat(26)}] /CharProcs << ${procedures} >> /Encoding << /Type /Encoding /Differences [${differences}] >> >>`;
    const content = 'BT /F2 0.5 Tf 1 0 0 1 72 700 Tm (light) Tj 24.6 0 Td (house) Tj 24.6 0 Td 6 0 Td (trip) Tj ET';
    const bytes = makeRawPdf([...makeRawPage(content, { fonts }), glyph]);
    expect((await sectionsOf(parsePdf(bytes))).map(({ text }) => text)).toEqual(['lighthouse trip']);
  });
});

describe('variants of letters', () => {
  it('are read as the letters and digits that they are', async () => {
    const names = '/Asmall /Bsmall /Eacutesmall /oneoldstyle /ninezero /nineoldstyle /copyrightserif';
    const encoding = `<< /Type /Encoding /Differences [97 ${names}] >>`;
    const fonts = `/F2 << /Type /Font /Subtype /Type1 /BaseFont /Some-Font /Encoding ${encoding} >>`;
    const shown = show('abc df g', { x: 72, y: 700 }).replace('/F1', '/F2');
    expect(await textOf(shown, { fonts })).toBe('ABÉ 19 ©');
  });
});

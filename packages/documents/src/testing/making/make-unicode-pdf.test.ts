import { describe, expect, it } from 'vitest';
import { parserOf } from '../../reading/parsers/index.ts';
import { sectionsOf } from '../collect.ts';
import { LANGUAGE_SAMPLES } from '../languages/index.ts';
import { makeUnicodePdf, wrapLines } from './make-unicode-pdf.ts';
import { wordRecall } from '../measuring/word-recall.ts';

describe('makeUnicodePdf', () => {
  it.each(LANGUAGE_SAMPLES)('makes pages of $name that are read again', async ({ paragraphs }) => {
    const pdf = makeUnicodePdf(paragraphs.map(({ text }) => wrapLines(text, 40)));
    const parse = parserOf('application/pdf');
    const sections = parse === undefined ? [] : await sectionsOf(parse(pdf));
    for (const [index, { text }] of paragraphs.entries()) {
      const read = sections.filter(({ page }) => page === index + 1).map((section) => section.text);
      expect(wordRecall(text, read.join('\n'))).toMatchObject({ recall: 1, missing: [] });
    }
  });
});

describe('wrapLines', () => {
  it('keeps every character but the spaces at line ends', () => {
    for (const { paragraphs } of LANGUAGE_SAMPLES) {
      for (const { text } of paragraphs) {
        const lines = wrapLines(text, 30);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        expect(lines.length).toBeGreaterThan(1);
      }
    }
  });
});

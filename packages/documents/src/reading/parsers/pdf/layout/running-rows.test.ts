import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../../testing/collect.ts';
import { makePdf } from '../../../../testing/making/make-pdf.ts';
import { parsePdf } from '../parse-pdf.ts';

const PAGES = 12;

/** Texts of the pages of a PDF whose pages have these first and last lines. */
async function pageTexts(head: (page: number) => string, foot: (page: number) => string): Promise<string[]> {
  const pages = Array.from({ length: PAGES }, (_, index) => {
    const body = Array.from({ length: 12 }, (_, line) => `Body ${index + 1}.${line} speaks of barley and tides.`);
    return [head(index + 1), '', ...body, '', foot(index + 1)].map((text) => ({ text, size: 10 }));
  });
  const sections = await sectionsOf(parsePdf(await makePdf(pages)));
  return Array.from({ length: PAGES }, (_, index) =>
    sections
      .filter(({ page }) => page === index + 1)
      .map(({ text }) => text)
      .join('\n'),
  );
}

describe('running headers and footers', () => {
  it('are read once, and page numbers not at all', async () => {
    const texts = await pageTexts(
      () => 'Handbook of Quiet Rivers',
      (page) => `- ${page} -`,
    );
    expect(texts.filter((text) => text.includes('Quiet Rivers'))).toHaveLength(1);
    expect(texts.filter((text) => /- \d+ -/.test(text))).toEqual([]);
    texts.forEach((text, index) => expect(text).toContain(`Body ${index + 1}.0 speaks`));
  });

  it('are dropped with the page number in them', async () => {
    const texts = await pageTexts(
      (page) => `Handbook of Quiet Rivers    ${page + 4}`,
      () => '',
    );
    expect(texts.filter((text) => text.includes('Quiet Rivers'))).toHaveLength(1);
  });

  it('interrupt no text that continues on the next page', async () => {
    const heads = (page: number) =>
      page === 1 ? '' : page % 2 === 0 ? 'Handbook of Quiet Rivers' : 'Tides and Barley';
    const texts = await pageTexts(heads, () => 'All rights of the miller reserved');
    texts.forEach((text, index) => {
      expect(text.split('\n')[0]).toContain(index === 0 ? 'All rights' : `Body ${index + 1}.0 speaks`);
      expect(text.endsWith(`Body ${index + 1}.11 speaks of barley and tides.`)).toBe(true);
    });
    for (const running of ['Quiet Rivers', 'Tides and Barley', 'All rights']) {
      expect(texts.filter((text) => text.includes(running))).toHaveLength(1);
    }
  });

  it.each<[string, (page: number) => string]>([
    ['a number within a word', (page) => `This page carries the marker word${page}marker.`],
    ['a number of letters and digits', (page) => `Part A${page} of the machine`],
    ['a number that does not count with the pages', (page) => `Reading of ${page * 37} litres`],
    ['a number far from those of the pages', (page) => `Invoice ${page + 7_000}`],
    ['another word', (page) => `The ${['first', 'second', 'third', 'fourth'][page % 4] ?? ''} of ${page * 3} bees`],
  ])('are not lines that differ by %s', async (_, head) => {
    const texts = await pageTexts(head, () => '');
    texts.forEach((text, index) => expect(text).toContain(head(index + 1)));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunksOf } from './chunker.ts';
import type { Section } from '../reading/section.ts';

const withoutWhiteSpace = (text: string) => text.replace(/\s+/g, '');

/** Text with words, sentence ends, paragraphs, long runs without any space, and characters of two UTF-16 units. */
const textArbitrary = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', '. ', '\n', '\n\n', '! "', '😀', '。'),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    ),
    {
      maxLength: 120,
    },
  )
  .map((parts) => parts.join(''));

const sectionsArbitrary = fc
  .array(
    fc.record({ page: fc.integer({ min: 1, max: 9 }), heading: fc.string({ maxLength: 20 }), text: textArbitrary }),
    {
      maxLength: 8,
    },
  )
  .map((sections): Section[] => sections.sort((left, right) => left.page - right.page));

describe('chunksOf', () => {
  it('loses no text but white space, whatever the text and the size', () => {
    fc.assert(
      fc.property(sectionsArbitrary, fc.integer({ min: 2, max: 300 }), (sections, chunkSize) => {
        const before = sections.map((section) => section.text).join('');
        const after = chunksOf(sections, chunkSize)
          .map((chunk) => chunk.text)
          .join('');
        expect(withoutWhiteSpace(after)).toBe(withoutWhiteSpace(before));
      }),
    );
  });

  it('makes no chunk that is empty or longer than the size', () => {
    fc.assert(
      fc.property(sectionsArbitrary, fc.integer({ min: 2, max: 300 }), (sections, chunkSize) => {
        for (const { text } of chunksOf(sections, chunkSize)) {
          expect(text.length).toBeGreaterThan(0);
          expect(text.length).toBeLessThanOrEqual(chunkSize);
        }
      }),
    );
  });

  it('numbers chunks from the first ordinal on, with pages that never go back', () => {
    fc.assert(
      fc.property(sectionsArbitrary, fc.nat(1_000), (sections, first) => {
        const chunks = chunksOf(sections, 50, first);
        expect(chunks.map((chunk) => chunk.ordinal)).toEqual(chunks.map((_, index) => first + index));
        const pages = chunks.map((chunk) => chunk.page);
        expect(pages).toEqual([...pages].sort((left, right) => left - right));
      }),
    );
  });

  it('never divides a character of two UTF-16 units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), (chunkSize) => {
        for (const { text } of chunksOf([{ page: 1, text: '😀'.repeat(100) }], chunkSize)) {
          expect(text).toMatch(/^(😀)+$/u);
        }
      }),
    );
  });

  it('cuts at the end of a paragraph, else of a sentence, else of a word', () => {
    const cut = (text: string) => chunksOf([{ page: 1, text }], 40).map((chunk) => chunk.text);
    expect(cut('First paragraph is here.\n\nSecond one. And more of it.')).toEqual([
      'First paragraph is here.',
      'Second one. And more of it.',
    ]);
    expect(cut('The first sentence ends here. The second goes on.')).toEqual([
      'The first sentence ends here.',
      'The second goes on.',
    ]);
    expect(cut('words without any end that go on and on and on')).toEqual([
      'words without any end that go on and on',
      'and on',
    ]);
  });

  it('keeps the heading and the page of the section that a chunk comes from', () => {
    const sections = [
      { page: 1, heading: 'One', text: 'alpha' },
      { page: 2, text: 'beta' },
    ];
    expect(chunksOf(sections, 100)).toEqual([
      { ordinal: 0, page: 1, heading: 'One', text: 'alpha' },
      { ordinal: 1, page: 2, text: 'beta' },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { sentenceEnds } from './sentences.ts';

const PLAIN = 'The pilot waits. ';

describe('sentenceEnds', () => {
  it('finds the same ends in a long text as in a short one', () => {
    const ends = sentenceEnds(PLAIN.repeat(1_000)).map(({ end }) => end);
    expect(ends).toEqual(Array.from({ length: 1_000 }, (_, index) => (index + 1) * PLAIN.length));
  });

  it('keeps a sentence whole that is longer than what is divided at a time', () => {
    const long = `Then ${'word '.repeat(2_000)}ends. `;
    expect(sentenceEnds(`${PLAIN}${long}${PLAIN}`).map(({ end }) => end)).toEqual([
      PLAIN.length,
      PLAIN.length + long.length,
      2 * PLAIN.length + long.length,
    ]);
  });

  it('ends no sentence behind abbreviations, however many there are', () => {
    const text = 'Dr. '.repeat(5_000);
    expect(sentenceEnds(text)).toEqual([{ end: text.length, endsParagraph: false }]);
  });
});

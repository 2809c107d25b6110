import { describe, expect, it } from 'vitest';
import { firstRange, passagesOf, rangeBefore, rangeFrom } from './page-passages.ts';

describe('passagesOf', () => {
  it('joins pieces below the same headings; a piece that is no continuation begins a paragraph', () => {
    const under = { headingPath: ['Part I'], heading: 'Rivers' };
    const passages = passagesOf([
      { ...under, ordinal: 4, text: 'The river bends ', isContinuation: false },
      { ...under, ordinal: 5, text: 'twice.', isContinuation: true },
      { ...under, ordinal: 6, text: 'Then it falls.', isContinuation: false },
      { ordinal: 7, heading: 'Bridges', text: 'A bridge.', isContinuation: false },
    ]);
    expect(passages.map(({ trail, parts }) => [trail, parts.map(({ text }) => text).join('')])).toEqual([
      ['Part I › Rivers', 'The river bends twice.\n\nThen it falls.'],
      ['Bridges', 'A bridge.'],
    ]);
  });
});

describe('the hit', () => {
  const pieces = [
    { ordinal: 0, text: 'A heron. ', isContinuation: false },
    { ordinal: 1, text: 'It waits. ', isContinuation: true, repeated: 9 },
    { ordinal: 2, text: 'Then it moves.', isContinuation: true, repeated: 12 },
  ];
  const markedText = (hit?: number) =>
    passagesOf(pieces, hit).flatMap(({ parts }) => parts.flatMap(({ text, isMarked }) => (isMarked ? [text] : [])));

  it('is marked together with the preceding text that its chunk also contains', () => {
    expect(markedText(2)).toEqual(['. ', 'It waits. ', 'Then it moves.']);
    expect(markedText(1)).toEqual(['A heron. ', 'It waits. ']);
    expect(markedText(0)).toEqual(['A heron. ']);
  });

  it('is marked even if its chunk adds no text to the page', () => {
    const repetition = { ordinal: 3, text: '', isContinuation: true, repeated: 6 };
    expect(
      passagesOf([...pieces, repetition], 3)
        .flatMap(({ parts }) => parts)
        .at(-1),
    ).toEqual({
      text: 'moves.',
      isMarked: true,
    });
  });

  it('is not marked if no piece of the page belongs to its chunk', () => {
    expect(markedText(9)).toEqual([]);
    expect(markedText()).toEqual([]);
  });
});

describe('the ranges of a long page', () => {
  it('begin shortly before the hit, and cover every earlier chunk', () => {
    let range = firstRange(150);
    expect(range.from).toBeLessThan(150);
    expect(range.from + range.limit).toBeGreaterThan(150);
    while (range.from > 0) {
      const before = rangeBefore(range);
      expect(before.from).toBeLessThan(range.from);
      expect(before.from + before.limit).toBe(range.from);
      range = before;
    }
  });

  it('begin at the first chunk if there is no hit, or if the hit is near it', () => {
    expect(firstRange().from).toBe(0);
    expect(firstRange(2).from).toBe(0);
  });

  it('continue where the previous answer ended', () => {
    expect(rangeFrom(60).from).toBe(60);
  });
});

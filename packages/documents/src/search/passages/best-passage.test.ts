import { describe, expect, it } from 'vitest';
import { bestPassage } from './best-passage.ts';

const match = (start: number, more: { term?: number; isAsTyped?: boolean } = {}) => ({
  start,
  end: start + 5,
  term: 0,
  ...more,
});

describe('bestPassage', () => {
  it('takes the stretch with most of the terms, and of equal ones the first', () => {
    const matches = [match(0), match(400), match(420, { term: 1 }), match(900), match(920, { term: 1 })];
    expect(bestPassage(matches)?.first.start).toBe(400);
  });

  it('takes a word as it was typed before another form of it', () => {
    expect(bestPassage([match(0), match(400, { isAsTyped: true }), match(800)])?.first.start).toBe(400);
  });

  it('takes more places of a term before one as it was typed', () => {
    expect(bestPassage([match(0, { isAsTyped: true }), match(400), match(410)])?.first.start).toBe(400);
  });

  it('is undefined without a match', () => {
    expect(bestPassage([])).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { pageText } from './page-text.ts';

const chunk = { text: 'one two three', page: 4, pageStarts: [4, 8], overlap: 0 };

describe('pageText', () => {
  it.each([
    [4, 'one '],
    [5, 'two '],
    [6, 'three'],
    [7, ''],
  ])('cuts out the part that stands on page %i', (page, text) => {
    expect(pageText(chunk, page)).toEqual({ text, isContinuation: false, repeated: 0 });
  });

  it('leaves out what the chunk before holds, and says that the rest goes on there', () => {
    const overlapping = { ...chunk, overlap: 6 };
    expect(pageText(overlapping, 4)).toEqual({ text: '', isContinuation: true, repeated: 4 });
    expect(pageText(overlapping, 5)).toEqual({ text: 'o ', isContinuation: true, repeated: 2 });
    expect(pageText(overlapping, 6)).toEqual({ text: 'three', isContinuation: false, repeated: 0 });
  });

  it('is no continuation if the page begins where the repetition ends', () => {
    expect(pageText({ ...chunk, overlap: 4 }, 5)).toEqual({ text: 'two ', isContinuation: false, repeated: 0 });
  });

  it('gives nothing for a page of a chunk whose page starts are not known', () => {
    expect(pageText({ ...chunk, pageStarts: [] }, 5).text).toBe('');
  });
});

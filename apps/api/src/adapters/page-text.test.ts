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
    expect(pageText(chunk, page)).toEqual({ text, isContinuation: false });
  });

  it('leaves out what the chunk before holds, and says that the rest goes on there', () => {
    expect(pageText({ ...chunk, overlap: 6 }, 4).text).toBe('');
    expect(pageText({ ...chunk, overlap: 6 }, 5)).toEqual({ text: 'o ', isContinuation: true });
    expect(pageText({ ...chunk, overlap: 6 }, 6)).toEqual({ text: 'three', isContinuation: false });
  });

  it('takes a page that begins where the repetition ends for one that begins anew', () => {
    expect(pageText({ ...chunk, overlap: 4 }, 5)).toEqual({ text: 'two ', isContinuation: false });
  });

  it('gives nothing for a page of a chunk whose page starts are not known', () => {
    expect(pageText({ ...chunk, pageStarts: [] }, 5).text).toBe('');
  });
});

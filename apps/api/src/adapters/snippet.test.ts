import { expect, test } from 'vitest';
import { parseSnippet } from './snippet.ts';

test('parts in order, with what was found marked; joined they are the text', () => {
  const parts = parseSnippet('a \u0001red\u0002 and \u0001round\u0002\u0001 ball\u0002');
  expect(parts).toEqual([
    { text: 'a ', match: false },
    { text: 'red', match: true },
    { text: ' and ', match: false },
    { text: 'round', match: true },
    { text: ' ball', match: true },
  ]);
});

test('no text, no parts; no mark, one part', () => {
  expect(parseSnippet('')).toEqual([]);
  expect(parseSnippet('plain <b>')).toEqual([{ text: 'plain <b>', match: false }]);
});

import { describe, expect, it } from 'vitest';
import { DocumentWords } from './document-words.ts';

describe('DocumentWords', () => {
  it('gives each word of a document once, however many chunks hold it', () => {
    const words = new DocumentWords();
    expect(words.newIn([{ text: 'salt and brine' }, { text: 'more salt' }])).toEqual(['salt', 'and', 'brine', 'more']);
    expect(words.newIn([{ heading: 'Brine', text: 'the SALT' }])).toEqual(['the']);
  });

  it('gives no more than the most words that a document may bring', () => {
    const words = new DocumentWords(3);
    expect(words.newIn([{ text: 'alpha bravo' }])).toEqual(['alpha', 'bravo']);
    expect(words.newIn([{ text: 'alpha charlie delta' }, { text: 'echo' }])).toEqual(['charlie']);
    expect(words.newIn([{ text: 'foxtrot' }])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { wordRecall } from './word-recall.ts';

describe('wordRecall', () => {
  it('is 1 for any order, case, line breaks and punctuation', () => {
    expect(wordRecall('The river, “wide”\nand slow.', 'slow river the WIDE and')).toEqual({
      words: 5,
      recall: 1,
      distinctRecall: 1,
      missing: [],
    });
  });

  it('counts a word each time that it occurs, and each different word once', () => {
    const { words, recall, distinctRecall, missing } = wordRecall('salt salt salt bread', 'salt salt');
    expect([words, recall, distinctRecall, missing]).toEqual([4, 0.5, 0.5, ['salt', 'bread']]);
  });

  it('takes a word that a line end divides as whole or as two parts', () => {
    expect(wordRecall('an exam-\nple', 'an example').recall).toBe(1);
    expect(wordRecall('a well-\nknown man', 'a well-known man').recall).toBe(1);
    expect(wordRecall('an exam-\nple', 'an exam').missing).toEqual(['example']);
  });

  it('does not count a divided word of the judged text as whole', () => {
    expect(wordRecall('an example', 'an exam-\nple').missing).toEqual(['example']);
  });

  it('sees through ligatures, presentation forms, full width and invisible characters', () => {
    expect(wordRecall('ﬁne ﺳﻼم Ｆｕｌｌ so\u00ADft', 'fine سلام full soft').recall).toBe(1);
  });

  it('keeps accents apart, and marks with their letter', () => {
    expect(wordRecall('café', 'cafe').recall).toBe(0);
    expect(wordRecall('cafe\u0301', 'café').recall).toBe(1);
  });

  it('counts the characters of scripts without spaces', () => {
    const { words, recall, missing } = wordRecall('环境保护 น้ำ', '环境保 น้ำ');
    expect([words, recall, missing]).toEqual([6, 5 / 6, ['护']]);
  });

  it('counts them also beside letters and digits of other scripts', () => {
    expect(wordRecall('3D隙間', '3D 隙 間')).toMatchObject({ words: 3, recall: 1 });
    expect(wordRecall('PDF文書2', '文書').missing).toEqual(['pdf', '2']);
  });

  it('is 1 for a reference without words', () => {
    expect(wordRecall(' … ', '').recall).toBe(1);
  });
});

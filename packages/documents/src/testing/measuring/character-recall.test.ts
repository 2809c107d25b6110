import { describe, expect, it } from 'vitest';
import { characterRecall } from './character-recall.ts';

describe('characterRecall', () => {
  it('is 1 for any division into words and any order of lines', () => {
    const reference = 'The river, wide\nand slow.';
    for (const other of ['T h e r i v e r w i d e andslow', 'and slow the Riv-er, wide']) {
      expect(characterRecall(reference, other)).toEqual({ characters: 19, recall: 1 });
    }
  });

  it('counts grams of three as often as they occur', () => {
    // abc, bcd, cde, def; of them abc and def.
    expect(characterRecall('abcdef', 'abc, def').recall).toBe(1);
    expect(characterRecall('abcdef', 'abc-x-def').recall).toBe(0.5);
    expect(characterRecall('salt\nsalt', 'salt').recall).toBe(0.5);
  });

  it('takes a short line as one gram', () => {
    expect(characterRecall('7\n12\nabc', '12 7').recall).toBeCloseTo(2 / 3);
    expect(characterRecall('2017', '201').recall).toBe(0.5);
  });

  it('does not take letters of another script or order for the same', () => {
    expect(characterRecall('Угол', 'ɍɝɨɥ').recall).toBe(0);
    expect(characterRecall('سلام', 'سالم').recall).toBe(0);
  });

  it('sees through ligatures, full width, case, accents drawn apart and invisible characters', () => {
    expect(characterRecall('ﬁne Ｆｕｌｌ so\u00ADft cafe\u0301', 'fine FULL soft café').recall).toBe(1);
  });

  it('is 1 for a reference without characters', () => {
    expect(characterRecall(' … ', '')).toEqual({ characters: 0, recall: 1 });
  });
});

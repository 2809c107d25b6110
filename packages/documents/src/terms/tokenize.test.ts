import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionTokens, tokenize } from './tokenize.ts';

function forms(text: string): string[] {
  return questionTokens(text).map(({ form }) => form);
}

function indexOnlyForms(text: string): string[] {
  return tokenize(text).flatMap(({ form, isIndexOnly }) => (isIndexOnly === true ? [form] : []));
}

describe('tokenize', () => {
  it.each([
    ['curly quotes', 'a “breakthrough” — ‘Silent Rivers’…', ['a', 'breakthrough', 'silent', 'rivers']],
    ['dashes', 'Dashes–everywhere—here', ['dashes', 'everywhere', 'here']],
    ['no-break spaces', '5\u00a0kg\u202fof\u2009butter', ['5', 'kg', 'of', 'butter']],
    ['apostrophes', "C’était l'automne", ['c', 'etait', 'l', 'automne']],
    ['guillemets and inverted signs', '«Город» ¿Qué? ¡Atención!', ['город', 'que', 'atencion']],
    ['Devanagari and Arabic punctuation', 'नदी। पुल، كتاب؟', ['नदी', 'पुल', 'كتاب']],
    ['slashes and dots', '/etc/postgresql/15/postgresql.conf', ['etc', 'postgresql', '15', 'postgresql', 'conf']],
    ['underscores', 'max_worker_processes', ['max', 'worker', 'processes']],
    ['addresses', 'support@example.org', ['support', 'example', 'org']],
    ['versions', '1.2.3-beta', ['1', '2', '3', 'beta']],
    ['footnote numbers', 'word¹ m²', ['word', '1', 'm', '2']],
    ['signs that stand for several words', '½ ㎏', ['1', '2', 'kg']],
  ])('divides at %s', (_what, text, expected) => {
    expect(forms(text)).toEqual(expected);
  });

  it.each([
    ['C++ and C#', 'C++ and C#, F#', ['c++', 'and', 'c#', 'f#']],
    ['.NET', '.NET', ['net']],
    ['an anchor', 'c#step', ['c', 'step']],
  ])('recognises %s', (_what, text, expected) => {
    expect(forms(text)).toEqual(expected);
  });

  it.each([
    ['a hyphenated word as one', 'e-mail well‑known', ['email', 'wellknown']],
    [
      'a word that a hyphen divides at a line end as one',
      'an exam-\nple, co‐ \r\n  op-\nerate',
      ['example', 'cooperate'],
    ],
    ['no words as one that a dash or an empty line divides', 'one -\ntwo-\n\nthree-\nFour—\nfive', []],
    ['a word with an apostrophe as one', 'мʼята O’Brien', ['мята', 'obrien']],
    ['the parts of a camel-case name', 'camelCaseName', ['camel', 'case', 'name']],
    ['letters and digits that are written as one', 'v2.0 iPhone15 15T10', ['2', 'iphone', '15', '15', '10']],
    ['initials as one word', 'U.S.A. and C.N.R.S.', ['usa', 'cnrs']],
    ['a formula as one word', 'H₂O, x², CO₂', ['h2o', 'x2', 'co2']],
    ['the letter of C++', 'C++', ['c']],
    ['the last cluster of a run', '东京都 都', ['都']],
  ])('indexes also %s', (_what, text, expected) => {
    expect(indexOnlyForms(text)).toEqual(expected);
  });

  it.each([
    ['Chinese', '环境保护', ['环境', '境保', '保护']],
    ['a Chinese paragraph broken by a line end', '环境\n保护', ['环境', '境保', '保护']],
    ['Chinese beside Latin words and digits', '在2024年用iPhone手机', ['在', '2024', '年用', 'iphone', '手机']],
    ['a Chinese heading that is set wide', '目 录　前  言', ['目录', '录前', '前言']],
    ['Japanese', 'データを検索', ['デー', 'ータ', 'タを', 'を検', '検索']],
    ['half-width katakana', 'ﾃﾞｰﾀ', ['デー', 'ータ']],
    ['Thai', 'ที่ดิน', ['ที่ดิ', 'ดิน']],
    ['Thai with sara am, written in any way', 'น้ำตา นํ้าตา น้ํา', ['น้ําต', 'ตา', 'น้ําต', 'ตา', 'น้ํา']],
    ['Lao with sara am, written in any way', 'ນ້ຳຕາ ນໍ້າຕາ', ['ນ້ໍາຕ', 'ຕາ', 'ນ້ໍາຕ', 'ຕາ']],
    ['Khmer with subscripts', 'ខ្មែរ', ['ខ្មែរ']],
    ['Korean', '데이터가 많다', ['데이', '이터', '터가', '많다']],
    ['Korean in decomposed syllables', '데이터'.normalize('NFD'), ['데이', '이터']],
    ['one character', '水', ['水']],
    ['radicals that a PDF gives for characters', '⼈⼝', ['人口']],
  ])('gives overlapping grams for %s', (_what, text, expected) => {
    expect(forms(text)).toEqual(expected);
  });

  it.each(['a1b2c3d4', 'x2y3'])('does not divide the code %s', (code) => {
    expect(indexOnlyForms(code)).toEqual([]);
  });

  it('does not treat a full stop between a word and an initial as one of initials', () => {
    expect(indexOnlyForms('end of it. A. Smith')).toEqual([]);
  });

  it('ends a run of grams at an empty line', () => {
    expect(forms('环境\n\n保护')).toEqual(['环境', '保护']);
  });

  it('gives offsets into the original text', () => {
    const text = 'So\u00adft ﬁre: 保护';
    expect(questionTokens(text).map(({ start, end }) => text.slice(start, end))).toEqual(['So\u00adft', 'ﬁre', '保护']);
  });

  it('gives neighbours consecutive positions', () => {
    expect(questionTokens('a/b.txt 环境保护 end').map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 7]);
  });

  it('cuts a word that is too long for a lexeme, in index and question alike', () => {
    const [token] = tokenize('x'.repeat(5_000));
    expect(token?.form.length).toBe(120);
  });

  it('finds the tokens of any text also in a longer one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(forms(`one ${text}\n\ntwo`)).toEqual(['one', ...forms(text), 'two']);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives forms without white space, quotes, NUL and half characters for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { form, start, end } of tokenize(text)) {
          expect(form).toMatch(/^[\p{L}\p{M}\p{N}+#]+$/u);
          expect(end).toBeGreaterThan(start);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the same tokens for a text in ASCII and in full width', () => {
    const asciiText = fc.string({ unit: fc.constantFrom('a', 'b', 'X', 'Y', '1', '9', ' ', '.', ',', '_', '/') });
    fc.assert(
      fc.property(asciiText, (text) => {
        const fullWidth = text.replace(/[A-Za-z0-9]/g, (sign) =>
          String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfe_e0),
        );
        expect(tokenize(text)).toEqual(tokenize(fullWidth));
      }),
    );
  });

  it('gives the same forms for a text of each normalisation', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(forms(text.normalize('NFD'))).toEqual(forms(text.normalize('NFC')));
      }),
      { numRuns: 2_000 },
    );
  });
});

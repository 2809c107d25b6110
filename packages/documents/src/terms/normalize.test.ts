import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalize } from './normalize.ts';

describe('normalize gives one spelling', () => {
  it.each([
    ['letters of any case', 'ÉCOLE', 'ecole'],
    ['composed and decomposed accents', 'cafe\u0301', 'cafe'],
    ['accents that are left out', 'résumé', 'resume'],
    ['ligatures of print', 'ﬁnance', 'finance'],
    ['œ and oe', 'Œuvre', 'oeuvre'],
    ['ß and ss', 'Straße', 'strasse'],
    ['the capital ß', 'STRAẞE', 'strasse'],
    ['ł, ø, đ and ı', 'Łódź Tromsø Đà Nẵng Kadıköy', 'lodz tromso da nang kadikoy'],
    ['the dotted capital I', 'İstanbul', 'istanbul'],
    ['the final sigma', 'Οδυσσεύς', 'οδυσσευσ'],
    ['ё and е', 'Ёлка', 'елка'],
    ['presentation forms of Arabic', 'ﺍﻟﻛﺘﺎﺏ', 'الكتاب'],
    ['Arabic with and without vowel signs', 'مُحَمَّدٌ', 'محمد'],
    ['Arabic stretched by tatweel', 'كتـــاب', 'كتاب'],
    ['forms of alef', 'أحمد إلى آخر', 'احمد الي اخر'],
    ['Persian and Arabic kaf and yeh', 'کتابی', 'كتابي'],
    ['Hebrew with and without points', 'שָׁלוֹם', 'שלום'],
    ['full-width letters and digits', 'Ｔａｓｋ２０２４', 'task2024'],
    ['half-width katakana', 'ﾃﾞｰﾀﾍﾞｰｽ', 'データベース'],
    ['digits of other scripts', '٢٠٢٤ ۲۰۲۴ २०२४', '2024 2024 2024'],
    ['Thai sara am in either order of its marks', 'น้ำ นํ้า น้ํา', 'น้ํา น้ํา น้ํา'],
    ['Devanagari with and without the dot below', 'ज़मीन जमीन', 'जमीन जमीन'],
    ['nasal sounds of Devanagari, as a letter and as a dot', 'हिन्दी लड़कियाँ', 'हिंदी लडकियां'],
    ['soft hyphens', 'Donau\u00addampf', 'donaudampf'],
    ['soft hyphens at line ends', 'Donau\u00ad\ndampf', 'donaudampf'],
    ['zero-width characters', 'zero\u200bwidth \ufeffmark', 'zerowidth mark'],
  ])('for %s', (_what, text, expected) => {
    expect(normalize(text)).toBe(expected);
  });

  it.each([
    ['Devanagari', 'किताबें'],
    ['Thai', 'ที่'],
    ['kana', 'がぎ'],
    ['Tamil', 'தமிழ்'],
  ])('and keeps the marks of %s, which are no accents', (_script, text) => {
    expect(normalize(text)).toBe(text.normalize('NFC'));
  });

  it('that normalizing again does not change', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normalize(text);
        expect(normalize(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('for NFC, NFD, NFKC and NFKD of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const forms = ['NFC', 'NFD', 'NFKC', 'NFKD'].map((form) => normalize(text.normalize(form)));
        expect(new Set(forms)).toEqual(new Set([normalize(text)]));
      }),
      { numRuns: 2_000 },
    );
  });
});

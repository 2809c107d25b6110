/** Letters that Unicode does not decompose, and their plain spelling. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ŋ: 'n', ı: 'i', ĸ: 'k' },
  ...{ ɓ: 'b', ɗ: 'd', ƙ: 'k', ƴ: 'y', ɛ: 'e', ɔ: 'o', ɨ: 'i', ʉ: 'u' },
  // Greek: the final form of sigma.
  ...{ ς: 'σ' },
  // Arabic script: spellings that writers use for one another; Persian letters as Arabic keyboards give them.
  ...{ ى: 'ي', ی: 'ي', ة: 'ه', ۀ: 'ه', ە: 'ه', ھ: 'ه', ک: 'ك', ٱ: 'ا' },
  // Cyrillic: letters whose other spelling has no mark to strip.
  ...{ ґ: 'г' },
};
const PLAIN_LETTER = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'g');

/** Marks that a writer may leave out. In other scripts (Devanagari, Thai, kana), marks are part of the letter. */
const OPTIONAL_MARKS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}])\p{M}+/gu;

/**
 * Characters without a shape: zero-width characters, directions, variation selectors, tatweel, and a soft hyphen with
 * the line end after it.
 */
const IGNORABLE =
  /\u00ad[ \t]*(?:\r?\n[ \t]*)?|\u034f|[\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Variation_Selector}/gu;

/** Thai and Lao: tone marks and the circle that NFKC makes of sara am. Documents have them in either order. */
const TONES_AND_CIRCLE = /[\u0e48-\u0e4b\u0e4d\u0ec8-\u0ecb\u0ecd]{2,}/g;
const CIRCLE = /[\u0e4d\u0ecd]/g;
/** Devanagari: writers omit the dot below a letter, and write a nasal sound as a letter or as a dot above. */
const DEVANAGARI_DOT_BELOW = /(?<=\p{Script=Devanagari})\u093c/gu;
const DEVANAGARI_NASAL = /\u0901|[\u0919\u091e\u0923\u0928\u092e]\u094d(?=[\u0915-\u0939])/g;

/** The code points of the digit 0 in scripts with their own digits. */
const ZEROS = [
  0x06_60, 0x06_f0, 0x07_c0, 0x09_66, 0x09_e6, 0x0a_66, 0x0a_e6, 0x0b_66, 0x0b_e6, 0x0c_66, 0x0c_e6, 0x0d_66, 0x0e_50,
  0x0e_d0, 0x0f_20, 0x10_40, 0x17_e0, 0x18_10,
];
const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/gu;
const ASCII = /^[\0-\x7f]*$/;

/**
 * One spelling for texts that look alike: compatibility forms (NFKC), lower case, ASCII digits, no invisible
 * characters. Accents stay.
 */
export function accentedForm(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .replace(IGNORABLE, '')
    .normalize('NFKC')
    .replace(IGNORABLE, '')
    .toLowerCase()
    .normalize('NFKC')
    .replace(TONES_AND_CIRCLE, tonesFirst)
    .replace(FOREIGN_DIGIT, asciiDigit);
}

/**
 * The spelling of a text in the index and in questions: `accentedForm` without accents, and with letters such as ß, œ
 * and ł spelled out. `normalize(normalize(text))` is `normalize(text)`.
 */
export function normalize(text: string): string {
  return withoutAccents(accentedForm(text));
}

/** Removes the accents of a text in the form of `accentedForm`. */
export function withoutAccents(accented: string): string {
  if (ASCII.test(accented)) return accented;
  return accented
    .normalize('NFKD')
    .replace(OPTIONAL_MARKS, '')
    .replace(DEVANAGARI_DOT_BELOW, '')
    .replace(DEVANAGARI_NASAL, '\u0902')
    .replace(PLAIN_LETTER, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .normalize('NFC');
}

function tonesFirst(marks: string): string {
  return marks.replace(CIRCLE, '') + (marks.match(CIRCLE) ?? []).join('');
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => code >= first && code <= first + 9);
  return zero === undefined ? digit : String(code - zero);
}

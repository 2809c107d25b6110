// Parts of regular expressions (flag `u`): the characters that make words.

/** Characters inside a word that are ignored; see `normalize`. */
const INVISIBLE = '\\u00ad\\u034f\\u061c\\u180b-\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff';
/** A soft hyphen at a line end joins both lines. */
const SOFT_LINE_END = '\\u00ad[ \\t]*\\r?\\n[ \\t]*';
const TRAILING = `(?:${SOFT_LINE_END}|[\\p{M}${INVISIBLE}])*`;

/** Scripts without spaces between words. */
const UNSPACED_SCRIPTS = ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Yi'];
/**
 * Signs of those scripts to which Unicode assigns no script or no letter class: iteration and length marks, 〇, and
 * radicals (which PDF readers give for some characters).
 */
const UNSPACED_SIGNS = '々〆〇ー\\uff70\\u2e9f\\u2ef3\\u2f00-\\u2fd5';
/** Voicing marks of half-width katakana, which Unicode classes as letters. */
const HALF_WIDTH_MARKS = '\\uff9e\\uff9f';
const unspaced = `(?![${HALF_WIDTH_MARKS}])(?=\\p{L})[${UNSPACED_SCRIPTS.map((name) => `\\p{Script=${name}}`).join('')}]|[${UNSPACED_SIGNS}]`;

/**
 * Thai and Lao sara am, as one character, or as a circle (with a tone mark) and a vowel. It belongs to its consonant.
 */
const SARA_AM = '[\\u0e33\\u0eb3]|(?<=\\u0e4d[\\u0e48-\\u0e4b]?)\\u0e32|(?<=\\u0ecd[\\u0ec8-\\u0ecb]?)\\u0eb2';
/** A cluster of a script without spaces: a character with its marks, and the subscripts of Khmer and Myanmar. */
export const UNSPACED_CLUSTER = `(?:${unspaced})(?:[\\u17d2\\u1039]\\p{L}|${SARA_AM}|[\\p{M}${HALF_WIDTH_MARKS}${INVISIBLE}])*`;
/** Letters of decomposed syllables. */
const JAMO = {
  lead: '\\u1100-\\u115f\\ua960-\\ua97c',
  vowel: '\\u1160-\\u11a7\\ud7b0-\\ud7c6',
  tail: '\\u11a8-\\u11ff\\ud7cb-\\ud7fb',
};
const HANGUL = '(?=\\p{L})\\p{Script=Hangul}';
/** One line end, which may stand anywhere in a paragraph of such a script. */
export const SOFT_BREAK = '[ \\t]*\\r?\\n[ \\t]*';
/** Spaces between Chinese characters, as in wide headings (`目 录`). */
export const WIDE_SETTING = '(?<=\\p{Script=Han})[ \\u3000]{1,4}(?=\\p{Script=Han})';
/** Korean puts particles at the end of its words, so that words are found like words of scripts without spaces. */
export const HANGUL_CLUSTER = `(?:[${JAMO.lead}][${JAMO.vowel}]+|${HANGUL})[${JAMO.tail}]*${TRAILING}`;

/** Modifier letters that serve as apostrophes. */
const APOSTROPHE_LETTERS = '\\u02b9-\\u02bd';
/** Squared words such as ㎏. */
const SQUARED = '\\u3300-\\u33ff';
const letter = `(?![${APOSTROPHE_LETTERS}])(?:(?!${unspaced})(?!${HANGUL})\\p{L}|\\p{Nd}|(?!〇)\\p{Nl}|[${SQUARED}])`;
/** A word between spaces or signs. */
export const SPACED_WORD = `(?:${letter}${TRAILING})+`;
/** Raised digits (a footnote's number is not part of the word before it), fractions, circled numbers. */
export const OTHER_NUMBER = '\\p{No}+';
/** C++, C#, F#. */
export const PROGRAMMING_LANGUAGE = '(?<![\\p{L}\\p{N}])[A-Za-z](?:\\+\\+|#(?![\\p{L}\\p{N}]))';

/** Signs that join the parts of a word: hyphens and apostrophes. */
export const JOINT = /^[-‐‑'’ʼ＇]$/u;
/** A hyphen at a line's end that divides a word or belongs to it: `exam-` + `ple`. */
export const LINE_END_HYPHEN = /^[-‐][ \t]*\r?\n[ \t]*$/u;

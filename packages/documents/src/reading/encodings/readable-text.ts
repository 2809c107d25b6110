/** Characters of the text that are examined. */
const LOOKED_AT = 65_536;
/** Largest share of errors among the non-ASCII characters of a readable text. */
const MOST_ERRORS = 0.02;
/** Largest share of words that mix two scripts, among words with non-ASCII letters. */
const MOST_MIXED = 0.3;
/** Largest share of odd signs, such as `¢` or `ƒ`, among the non-ASCII characters. */
const MOST_ODD = 0.5;

/**
 * Characters that decoding with the wrong table produces: errors, C1 controls except NEL, private and unassigned
 * characters.
 */
const ERRORS = /[\ufffd\x80-\x84\x86-\x9f\p{Co}\p{Cn}]/gu;
const NON_ASCII = /[^\p{ASCII}]/gu;
/**
 * Non-ASCII characters of ordinary texts: letters, marks, digits, general and CJK punctuation, box drawing, pictures.
 */
const ORDINARY =
  /[\p{L}\p{M}\p{Nd}\u00a0«»¿¡·°§©®€£…\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u27bf\u3000-\u303f\uff00-\uffef\p{Emoji}]/gu;
const WORD = /[\p{L}\p{M}]+/gu;
/** A word of two or more letters, all of them non-ASCII. */
const LATIN_WITHOUT_ASCII = /(?<!\p{L})[^\p{ASCII}\P{L}]{2,}(?!\p{L})/u;
const FOREIGN_TO_LATIN =
  /[^\p{ASCII}\p{L}\u00a0“”„‘’‚–—…€«»¿¡°§©®£±×÷¼½¾]|\p{L}[¿¡°§©®£]\p{L}|\p{L}[±×÷¼½¾]|[±×÷¼½¾]\p{L}|[ðþýÐÞÝ]/u;
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
];

/** Whether a decoded text looks as if a person wrote it. This tests a guessed encoding. */
export function isReadable(decoded: string): boolean {
  const text = decoded.slice(0, LOOKED_AT).replace(/[\ud800-\udbff]$/, '');
  const nonAscii = count(text, NON_ASCII);
  if (nonAscii === 0) return true;
  // The sample may begin and end within a character.
  if (count(text, ERRORS) > 2 + nonAscii * MOST_ERRORS) return false;
  const odd = nonAscii - [...text.matchAll(ORDINARY)].filter(([found]) => found > '\x7f').length;
  return odd <= 1 + nonAscii * MOST_ODD && !mixesScripts(text);
}

/**
 * Whether all non-ASCII characters are letters within Latin words, or signs beside words. Icelandic letters do not
 * count, because Turkish uses their codes for others.
 */
export function isPlainLatin(decoded: string): boolean {
  return !FOREIGN_TO_LATIN.test(decoded) && !LATIN_WITHOUT_ASCII.test(decoded);
}

/** Whether many words mix letters of two scripts, as `città` does in a Cyrillic table. */
function mixesScripts(text: string): boolean {
  let words = 0;
  let mixed = 0;
  for (const [word] of text.matchAll(WORD)) {
    if (!/[^\p{ASCII}]/u.test(word)) continue;
    words += 1;
    if (SCRIPTS.filter((script) => script.test(word)).length > 1) mixed += 1;
  }
  return mixed > words * MOST_MIXED;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

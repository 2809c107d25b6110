/** Text looked at, in characters. */
const LOOKED_AT = 65_536;
/** Largest share of the non-ASCII characters that a readable text may have as errors. */
const MOST_ERRORS = 0.02;
/** Largest share of the words with non-ASCII letters that may be of two scripts. */
const MOST_MIXED = 0.3;
/** Largest share of the non-ASCII characters that may be odd signs, such as `¢` or `ƒ`. */
const MOST_ODD = 0.5;

/** Characters that decoding with the wrong table gives: errors, C1 controls but NEL, private and unassigned ones. */
const ERRORS = /[\ufffd\x80-\x84\x86-\x9f\p{Co}\p{Cn}]/gu;
const NON_ASCII = /[^\p{ASCII}]/gu;
/** Non-ASCII characters that texts hold: letters, marks, digits, general and CJK punctuation, box drawing, pictures. */
const ORDINARY =
  /[\p{L}\p{M}\p{Nd}\u00a0«»¿¡·°§©®€£…\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u27bf\u3000-\u303f\uff00-\uffef\p{Emoji}]/gu;
const WORD = /[\p{L}\p{M}]+/gu;
/** A word of two letters and more, all of them non-ASCII. */
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

/** Whether a decoded text looks like one that a person wrote: the test of a guessed encoding. */
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
 * Whether all non-ASCII characters are letters within Latin words, or signs that stand beside words. Icelandic letters
 * do not count: Turkish has others in their place.
 */
export function isPlainLatin(decoded: string): boolean {
  return !FOREIGN_TO_LATIN.test(decoded) && !LATIN_WITHOUT_ASCII.test(decoded);
}

/** Whether many words have letters of two scripts: `città` read by a Cyrillic table. */
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

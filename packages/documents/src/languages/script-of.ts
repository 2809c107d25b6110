/** Scripts that search assigns to one language (ISO 639-1). */
const LANGUAGE_OF_SCRIPT: readonly [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Lao}/gu, 'lo'],
  [/\p{Script=Khmer}/gu, 'km'],
  [/\p{Script=Myanmar}/gu, 'my'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Tamil}/gu, 'ta'],
];
const LETTER = /\p{L}/gu;
/** Share of the letters from which a script is the text's own. */
const OWN_SHARE = 0.5;
/** Share of kana among kana and Han above which a text is Japanese. */
const KANA_SHARE = 0.05;

/** Whether a text in this language is recognised by its script alone. */
export function isIdentifiedByScript(language: string): boolean {
  return LANGUAGE_OF_SCRIPT.some(([, own]) => own === language);
}

/** The script of a text, which belongs to one language or to many. */
export interface Writing {
  letters: number;
  /** Undefined for a shared script (Latin, Cyrillic, Arabic, Devanagari …). */
  language: string | undefined;
}

/** Tells the language of a text if its script belongs to one language. */
export function writingOf(text: string): Writing {
  const letters = count(text, LETTER);
  const counts = new Map(LANGUAGE_OF_SCRIPT.map(([script, language]) => [language, count(text, script)]));
  const kana = counts.get('ja') ?? 0;
  const han = counts.get('zh') ?? 0;
  // Japanese uses both scripts. A few kana in a Chinese text are names.
  const isJapanese = kana > KANA_SHARE * (kana + han);
  counts.set('ja', isJapanese ? kana + han : 0);
  counts.set('zh', isJapanese ? 0 : han);
  const own = [...counts].find(([, written]) => written > OWN_SHARE * letters);
  return { letters, language: own?.[0] };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

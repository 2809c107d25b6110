const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Devanagari',
  'Bengali',
  'Thai',
].map((name) => ({ name, letters: new RegExp(`\\p{Script=${name}}`, 'gu') }));

/** The script of most letters of a text; undefined if it has none of a known script. */
export function scriptOf(text: string): string | undefined {
  let [most, found]: [number, string | undefined] = [0, undefined];
  for (const { name, letters } of SCRIPTS) {
    const count = text.match(letters)?.length ?? 0;
    if (count > most) [most, found] = [count, name];
  }
  return found;
}

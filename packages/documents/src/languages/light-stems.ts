// Stems for inflected languages that PostgreSQL has no dictionary for. The rules remove the most common endings, so
// that the forms of a word match. Stems need not be roots. Words come without accents, as `normalize` returns them.

interface Rules {
  /** Longest first. */
  endings: readonly string[];
  /** Fewest letters of a stem. */
  stays: number;
  /** Whether the vowel before the last consonant is optional: `větev`, `větve`. */
  hasFleetingVowels?: boolean;
  /** Whether a word may have several endings in a row. */
  hasManyEndings?: boolean;
  /** Letters that change before endings, and the letter that replaces all of them. */
  softened?: readonly (readonly [RegExp, string])[];
  /** Words of one letter that are written together with the next word. */
  prefixes?: string;
}

function endings(list: string): string[] {
  return list.split(' ').sort((one, other) => other.length - one.length);
}

const RULES: Readonly<Record<string, Rules>> = {
  pl: {
    endings: endings(
      'a e i o u y ie ia iu io em om ow ej ach ami ami iach iami owi owie ego emu ymi imi ych ich ym im ymi ami a ac ic yc ec al il yl ala ila yla alo ilo ylo ali ili yli aly ily yly amy emy imy ymy aja eja uja uje ujesz esz isz ysz asz cie aniem eniem ania enia aniu eniu anie enie ani eni ana ane any ony ona one onych anych onego anego osci osc oscia iec',
    ),
    stays: 3,
    hasFleetingVowels: true,
    softened: [
      [/(?:dz|dzi)$/, 'd'],
      [/(?:ci|c)$/, 't'],
      [/rz$/, 'r'],
      [/(?:si|sz)$/, 's'],
      [/i$/, ''],
    ],
  },
  cs: {
    endings: endings(
      'a e i o u y ou em um am im ym ech ach ich ych ami emi imi ymi mi ovi ove uv uvi ovych ovym ho mu eho emu iho imu ejsi ejsiho al el il yl ala ela ila yla alo elo ilo ylo ali eli ili yli aly ely ily yly at et it yt ame eme ime aji eji uji uje ujes ovat ovani ani eni ost osti ostech',
    ),
    stays: 3,
    hasFleetingVowels: true,
    softened: [
      [/(?:c|ck|k)$/, 'k'],
      [/(?:z|h)$/, 'h'],
      [/(?:s|ch)$/, 's'],
      [/(?:r)$/, 'r'],
    ],
  },
  uk: {
    endings: endings(
      'а е и і о у ю я ь ою ею єю ам ям ом ем єм ах ях ами ями ові еві єві ів їв еи ого его ому ему им їм их їх ими їми а я ии іи ої оі еі иі ию ая яя ое ее ать ять ити ати яти іти ів ив ав яв ла ло ли ала ало али ила или ило ують юють уе юе еш иш емо имо ете ите ння нням ення енню ості ість істю но то',
    ),
    stays: 3,
    hasFleetingVowels: true,
    softened: [
      [/(?:ц|ч|к)$/, 'к'],
      [/(?:з|ж|г)$/, 'г'],
      [/(?:с|ш|х)$/, 'х'],
    ],
  },
  bg: {
    endings: endings(
      'а е и о у я ът та то те ят ия ове ите ата ото ета ето ени ена ено ища ищата ам ям аш яш ат ят ах яха аха хме ли ла ло л',
    ),
    stays: 3,
    hasFleetingVowels: true,
  },
  he: {
    endings: endings('ים ות ית ה י ו ת ך ם ן נו הם יהם ייה יות'),
    stays: 2,
    hasManyEndings: true,
    prefixes: 'הובלמשכ',
  },
  fa: { endings: endings('ها هاي هايي ي ان ات تر ترين ام اش م ش'), stays: 3 },
};

/** A vowel before the last consonant. */
const FLEETING_VOWEL = /[aeiouyаеиіоуяюєї](?=[^aeiouyаеиіоуяюєїь]$)/;
/** Fewest letters that remain without a prefix. */
const STAYS_AFTER_PREFIX = 3;

/** Whether `lightStems` knows the language (ISO 639-1). */
export function hasLightStems(language: string): boolean {
  return RULES[language] !== undefined;
}

/** A word's stems by rules: with and without a possible prefix. Empty for languages without rules. */
export function lightStems(language: string, word: string): string[] {
  const rules = RULES[language];
  if (rules === undefined) return [];
  return [...new Set([word, withoutPrefixes(word, rules)].map((bare) => stemOf(bare, rules)))];
}

function stemOf(word: string, rules: Rules): string {
  const stem = withoutEnding(word, rules);
  const softened = rules.softened?.find(([pattern]) => stem.length >= rules.stays && pattern.test(stem));
  const plain = softened === undefined ? stem : stem.replace(...softened);
  return rules.hasFleetingVowels === true && plain.length > rules.stays ? plain.replace(FLEETING_VOWEL, '') : plain;
}

function withoutEnding(word: string, rules: Rules): string {
  const { endings: known, stays, hasManyEndings = false } = rules;
  const ending = known.find((one) => word.endsWith(one) && word.length - one.length >= stays);
  if (ending === undefined) return word;
  const stem = word.slice(0, -ending.length);
  return hasManyEndings ? withoutEnding(stem, rules) : stem;
}

function withoutPrefixes(word: string, { prefixes = '' }: Rules): string {
  let bare = word;
  while (bare.length > STAYS_AFTER_PREFIX && prefixes.includes(bare.charAt(0))) bare = bare.slice(1);
  return bare;
}

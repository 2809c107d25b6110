/** Abbreviations that a capital letter or a number often follows, in lower case and without the last full stop. */
const ABBREVIATIONS = new Set(
  [
    'mr mrs ms dr prof st sr jr rev hon gen col capt lt sgt gov sen rep pres messrs mt ft',
    'vs cf e.g i.e al fig figs no nos vol vols p pp eq eqs sec ch art par para app ed eds approx ca c viz resp',
    'jan feb mar apr jun jul aug sep sept oct nov dec inc ltd corp co dept est',
    'z.b z bzw nr s abb bd vgl d.h u.a hr fr str tel ggf evtl abs kap anm hrsg jh geb verf zit',
    'm mm mme mlle mgr chap n.b p.ex env av bd sté',
    'sra srta dra pág págs núm cap ej ud uds art fig',
    'sig sig.ra dott ing avv pag',
    'г гг ул им т.е т.д т.п рис табл стр см ст',
  ]
    .join(' ')
    .split(' '),
);

/** A last word with its full stop that seldom ends a sentence: an initial, or a number of one or two digits. */
const INITIAL_OR_ORDINAL = /(?:^|[\s(["'“‘„«.-])(?:\p{Lu}|\d{1,2})\.$/u;
const LAST_WORD = /(?:^|[\s(["'“‘„«])([\p{L}.]+)\.$/u;
/** Longest abbreviation (UTF-16 units). */
const LONGEST = 16;

/** Whether a text, without white space at its end, ends in an abbreviation and not with a sentence. */
export function endsInAbbreviation(text: string): boolean {
  const end = text.slice(-LONGEST);
  if (!end.endsWith('.')) return false;
  if (INITIAL_OR_ORDINAL.test(end)) return true;
  const word = LAST_WORD.exec(end)?.[1];
  return word !== undefined && ABBREVIATIONS.has(word.toLowerCase());
}

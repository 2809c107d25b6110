import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuestion } from './parse-question.ts';
import type { Term } from './question.ts';

function shown({ isQuoted, words }: Term): string {
  const text = words.map(({ form, isPrefix }) => (isPrefix ? `${form}*` : form)).join(' ');
  return isQuoted ? `"${text}"` : text;
}

/** A question in short: clauses, alternatives divided by `|`, exclusions with `-`. */
function read(text: string): string[] {
  const { required, excluded } = parseQuestion(text);
  return [...required.map((clause) => clause.map(shown).join('|')), ...excluded.map((term) => `-${shown(term)}`)];
}

describe('parseQuestion', () => {
  it.each([
    ['words', 'Turbine  BLADES', ['turbine', 'blades']],
    ['a phrase with its stop words', '"to be or not to be"', ['"to be or not to be"']],
    [
      'phrases in other quotes',
      '“silent rivers” „kalte Nacht“ «город» "x',
      ['"silent rivers"', '"kalte nacht"', '"город"', 'x'],
    ],
    ['exclusions', 'turbine -blades -"on the hill"', ['turbine', '-blades', '-"on the hill"']],
    ['alternatives', 'carpet OR hill or "red door" mill', ['carpet|hill|"red door"', 'mill']],
    ['OR without two sides as a word', 'or gold OR', ['or', 'gold', 'or']],
    ['OR beside an exclusion as a word', 'a OR -b', ['a', 'or', '-b']],
    ['prefixes', 'hand* "of hand*" a* *x', ['hand*', '"of hand*"', 'a', 'x']],
    ['identifiers and paths as phrases', 'postgresql.conf /etc/a_b', ['postgresql conf', 'etc a b']],
    ['a hyphen inside a word', 'well-known', ['well known']],
    ['a negative number alone', '-42', ['42']],
    ['a number without another word', 'port -42', ['port', '-42']],
    ['command line flags', '--help', ['help']],
    ['Chinese as a phrase of grams', '环境保护', ['环境 境保 保护']],
    ['one Chinese character as a prefix', '水', ['水*']],
    ['a phrase without spaces around it', 'a"b c"d', ['a', '"b c"', 'd']],
  ])('reads %s', (_what, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each(['', '-', '"', '""', '%_\\', ':*&|!<->()', '- - -', '\0', '\ud800', '('.repeat(500), '-""', '🙂 …'])(
    'parses signs as an empty question: %j',
    (text) => {
      expect(read(text)).toEqual([]);
    },
  );

  it('gives a hyphenated word also as one word', () => {
    expect(parseQuestion('e-mail').required[0]?.[0]?.joined?.form).toBe('email');
    expect(parseQuestion('"e-mail"').required[0]?.[0]?.joined).toBeUndefined();
    expect(parseQuestion('a/b').required[0]?.[0]?.joined).toBeUndefined();
  });

  it.each([
    ['a sign that stands for four words', 'ﷺ'.repeat(500)],
    ['the same in quotes', `"${'ﷺ'.repeat(498)}"`],
    ['a run of Chinese', '环境保护'.repeat(125)],
    ['a path', 'a/'.repeat(300)],
  ])('looks for the first 256 words of a term: %s', (_what, text) => {
    const [[term] = []] = parseQuestion(text).required;
    expect(term?.words).toHaveLength(256);
  });

  it('looks for every word of the longest phrase that people type', () => {
    const words = Array.from({ length: 166 }, (_, index) => (index + 10).toString(36));
    const [[term] = []] = parseQuestion(`"${words.join(' ')}"`).required;
    expect(term?.words).toHaveLength(166);
  });

  it('keeps the distance between the words of a phrase', () => {
    const [[term] = []] = parseQuestion('"环境保护 end"').required;
    expect(term?.words.map(({ offset }) => offset)).toEqual([0, 1, 2, 4]);
  });

  it('parses every text into terms with words', () => {
    const signs = fc.constantFrom(...'"“”«-*()|&!<>:\\\'\0 \t'.split(''), ' OR ', '\ud800', 'a', '水', "l'");
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(signs, { maxLength: 40 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { required, excluded } = parseQuestion(text);
        for (const clause of required) expect(clause).not.toEqual([]);
        for (const term of [...required.flat(), ...excluded]) {
          expect(term.words.length).toBeGreaterThan(0);
          for (const { form } of term.words) expect(form).toMatch(/^[\p{L}\p{M}\p{N}+#]+$/u);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

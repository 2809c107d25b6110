import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestPassage } from './best-passage.ts';
import { findMatches } from './find-matches.ts';
import { parseQuestion } from '../question/parse-question.ts';
import { snippetOf } from './snippet.ts';

interface Chunk {
  text: string;
  heading?: string;
}

/** The extract as one string, with matches in brackets. */
function snippet(chunk: Chunk, question: string, stems: Record<string, { lexeme: string; positions: number[] }> = {}) {
  const { required } = parseQuestion(question);
  const matches = findMatches(chunk, {
    terms: required.flat(),
    stemLexemesOf: ({ form }) => (stems[form] === undefined ? [] : [stems[form].lexeme]),
    stemPositions: new Map(Object.values(stems).map(({ lexeme, positions }) => [lexeme, new Set(positions)])),
  });
  const parts = snippetOf({ ...chunk, matches, passage: bestPassage(matches.text) });
  return parts.map(({ text, match }) => (match ? `[${text}]` : text)).join('');
}

const filler = 'The ferry leaves at noon and comes back in the evening. '.repeat(12);

describe('a snippet', () => {
  it('is the whole text if the text is short', () => {
    expect(snippet({ text: 'She watched the turbine\non the hill.' }, 'turbine')).toBe(
      'She watched the [turbine] on the hill.',
    );
  });

  it('marks a phrase as a whole, and its words nowhere else', () => {
    expect(snippet({ text: 'To be or not to be: that is to say, be.' }, '"to be or not"')).toBe(
      '[To be or not] to be: that is to say, be.',
    );
  });

  it('marks words that share a stem with the question', () => {
    const stems = { turbine: { lexeme: 'k:en~turbin', positions: [2] } };
    expect(snippet({ text: 'Old turbines turn.' }, 'turbine', stems)).toBe('Old [turbines] turn.');
    expect(snippet({ text: 'Old turbines turn.' }, '"turbine"', stems)).toBe('Old turbines turn.');
  });

  it.each<[string, string, string, string]>([
    ['other cases and accents', 'C’était l’AUTOMNE.', 'automne etait', 'C’[était] l’[AUTOMNE].'],
    ['prefixes', 'A handbook, by hand.', 'hand*', 'A [handbook], by [hand].'],
    ['identifiers', 'Edit /etc/postgresql.conf now.', 'postgresql.conf', 'Edit /etc/[postgresql.conf] now.'],
    ['hyphenated words', 'An e-mail, an email.', 'e-mail', 'An [e-mail], an [email].'],
    ['Chinese words', '应当依照环境保护条例执行。', '环境保护条例', '应当依照[环境保护条例]执行。'],
    ['one Chinese character', '应当依照条例。', '照', '应当依[照]条例。'],
    ['overlapping phrases', 'one two three four', '"one two three" "two three four"', '[one two three four]'],
  ])('marks %s', (...[, text, question, expected]) => {
    expect(snippet({ text }, question)).toBe(expected);
  });

  it('shows the passage with most of the terms, from its sentence on', () => {
    const text = `A gull. ${filler}In spring the gull nests on the quay near the lamp. ${filler}`;
    const shown = snippet({ text }, 'gull quay lamp');
    expect(shown).toMatch(/^…In spring the \[gull\] nests on the \[quay\] near the \[lamp\]\. The ferry .*\w…$/);
  });

  it('begins with some words before the match in a long sentence', () => {
    const shown = snippet({ text: `${'many more words '.repeat(40)}then gull ${'and others '.repeat(40)}` }, 'gull');
    expect(shown).toMatch(/^…(?:many|more|words) .*then \[gull\] and .*(?:and|others)…$/);
  });

  it('fills its length with text before a match at the end', () => {
    const shown = snippet({ text: `${filler}A gull.` }, 'gull');
    expect(shown).toMatch(/^….{200,}A \[gull\]\.$/);
  });

  it('begins with the heading if only the heading has the words', () => {
    expect(snippet({ heading: 'Safety rules', text: 'Stop it first.' }, 'safety')).toBe(
      '[Safety] rules: Stop it first.',
    );
    expect(snippet({ heading: 'Safety', text: '' }, 'safety')).toBe('[Safety]');
    expect(snippet({ heading: 'Safety', text: 'Safety first.' }, 'safety')).toBe('[Safety] first.');
  });

  it('shows no control characters', () => {
    expect(snippet({ text: 'a \u0001forged\u0002 gearbox' }, 'gearbox')).toBe('a forged [gearbox]');
  });

  it('is never longer than 300 characters, keeps the match, and has whole characters', () => {
    const units = fc.constantFrom('环', '境', '👩‍🚀', 'e\u0301', ' ', 'word', '\n', '.', 'ก็');
    const text = fc.array(units, { maxLength: 500, size: 'max' }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, fc.boolean(), (before, after, isInHeading) => {
        const chunk = { text: isInHeading ? before : `${before} zebra ${after}`, heading: `${after} zebra` };
        const shown = snippet(chunk, 'zebra');
        expect(shown.replaceAll(/[[\]]/g, '').length).toBeLessThanOrEqual(300);
        expect(shown).toContain('[zebra]');
        expect(shown).not.toMatch(/\p{Surrogate}|^…[\p{M}\u200d]/u);
      }),
      { numRuns: 500 },
    );
  });
});

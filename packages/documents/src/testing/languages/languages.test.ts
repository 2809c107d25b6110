import { describe, expect, it } from 'vitest';
import { LANGUAGE_SAMPLES } from './index.ts';

/** Every word of the text; in scripts without spaces, the words that the platform's dictionary knows. */
function wordsOf(text: string, language: string): Set<string> {
  const segments = new Intl.Segmenter(language, { granularity: 'word' }).segment(text);
  return new Set([...segments].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment.toLowerCase()));
}

describe('the language samples', () => {
  it('are of at least 20 languages, 12 paragraphs each', () => {
    expect(new Set(LANGUAGE_SAMPLES.map(({ language }) => language)).size).toBe(LANGUAGE_SAMPLES.length);
    expect(LANGUAGE_SAMPLES.length).toBeGreaterThanOrEqual(20);
    for (const { name, paragraphs } of LANGUAGE_SAMPLES) expect([name, paragraphs.length]).toEqual([name, 12]);
  });

  describe.each(LANGUAGE_SAMPLES)('in $name', ({ language, paragraphs }) => {
    it.each(paragraphs)('ask for $word, which only one paragraph has, in its middle', ({ text, word }) => {
      const having = paragraphs.filter((other) => isWordOf(other.text, word, language));
      expect(having.map((paragraph) => paragraph.text)).toEqual([text]);
      const place = text.toLowerCase().indexOf(word.toLowerCase()) / text.length;
      expect(place).toBeGreaterThan(0.15);
      expect(place).toBeLessThan(0.85);
    });

    const inflected = paragraphs.flatMap(({ text, inflected: form }) => (form === undefined ? [] : [{ text, form }]));
    it.each(inflected)('ask for $form, which no paragraph has in this form', ({ form }) => {
      const having = paragraphs.filter((other) => isWordOf(other.text, form, language));
      expect(having.map((paragraph) => paragraph.text)).toEqual([]);
    });
  });
});

/** Languages without agreed word borders. For these, it is enough that the text contains the word. */
const WITHOUT_SPACES = new Set(['zh', 'ja', 'th']);

function isWordOf(text: string, word: string, language: string): boolean {
  if (WITHOUT_SPACES.has(language)) return text.includes(word);
  return wordsOf(text, language).has(word.toLowerCase());
}

import type { LanguageSample } from '@taskwire/documents/testing';
import { describe, expect, it } from 'vitest';
import type { FoundHit } from './api-client.ts';
import { askQuestions, recallOf } from './ask-questions.ts';

const sample: LanguageSample = {
  language: 'en',
  name: 'English',
  title: 'Notes',
  paragraphs: [
    { text: 'one', word: 'one', inflected: 'ones' },
    { text: 'two', word: 'two' },
  ],
};
const place = { fileName: 'en.txt', pageOf: (paragraph: number) => paragraph + 2 };

function searchWith(hits: Readonly<Record<string, FoundHit[]>>) {
  return (query: string) => Promise.resolve(hits[query] ?? []);
}

describe('askQuestions', () => {
  it('takes a paragraph as found if a hit is on its page of its document', async () => {
    const other = { fileName: 'de.txt', page: 2 };
    const search = searchWith({
      one: [other, { fileName: 'en.txt', page: 2 }],
      two: [{ fileName: 'en.txt', page: 2 }],
    });
    const asked = await askQuestions(sample, place, search);
    expect(asked.map(({ question, kind, isFound }) => [question, kind, isFound])).toEqual([
      ['one', 'word', true],
      ['ones', 'inflected', false],
      ['two', 'word', false],
    ]);
    expect(recallOf(asked)).toBe(1 / 3);
  });

  it('looks at five hits only', async () => {
    const others = Array.from({ length: 5 }, (_, index) => ({ fileName: 'de.txt', page: index + 1 }));
    const search = searchWith({ one: [...others, { fileName: 'en.txt', page: 2 }] });
    expect((await askQuestions(sample, place, search))[0]?.isFound).toBe(false);
  });
});

describe('recallOf', () => {
  it('is unknown without questions', () => {
    expect(recallOf([])).toBeUndefined();
  });
});

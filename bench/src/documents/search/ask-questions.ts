import type { LanguageSample } from '@taskwire/documents/testing';
import type { FoundHit } from './api-client.ts';

/** Hits that are looked at: the 5 of recall@5. */
export const LOOKED_AT = 5;

/** A question, and whether the paragraph that answers it is among the first hits. */
export interface AskedQuestion {
  language: string;
  /** `word`: as it stands in the text; `inflected`: another form. */
  kind: 'word' | 'inflected';
  question: string;
  isFound: boolean;
  milliseconds: number;
}

/** The place of a sample's paragraphs: its document, and the page of each paragraph. */
export interface SamplePlace {
  fileName: string;
  pageOf: (paragraph: number) => number;
}

type Search = (query: string, limit: number) => Promise<FoundHit[]>;

/** Asks every question of a sample, one after another. */
export async function askQuestions(
  sample: LanguageSample,
  place: SamplePlace,
  search: Search,
): Promise<AskedQuestion[]> {
  const asked: AskedQuestion[] = [];
  for (const [index, { word, inflected }] of sample.paragraphs.entries()) {
    const questions = [
      { kind: 'word' as const, question: word },
      ...(inflected === undefined ? [] : [{ kind: 'inflected' as const, question: inflected }]),
    ];
    for (const { kind, question } of questions) {
      const start = performance.now();
      const hits = await search(question, LOOKED_AT);
      const isFound = hits
        .slice(0, LOOKED_AT)
        .some(({ fileName, page }) => fileName === place.fileName && page === place.pageOf(index));
      asked.push({ language: sample.name, kind, question, isFound, milliseconds: performance.now() - start });
    }
  }
  return asked;
}

/** Share (0 to 1) of questions whose paragraph was found; undefined for no questions. */
export function recallOf(questions: readonly AskedQuestion[]): number | undefined {
  if (questions.length === 0) return undefined;
  return questions.filter(({ isFound }) => isFound).length / questions.length;
}

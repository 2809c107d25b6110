import { coverageWords, isFullyCovered, languageWords, type DocumentCoverage } from '@taskwire/standard-tasks';
import { formatCount } from '@taskwire/tasks';
import type { Remark } from '../tasks/remark.ts';

/** A named figure. */
export interface Fact {
  name: string;
  value: string;
  /** Whether the value is a text, which needs more width than a figure. */
  isText?: boolean;
}

/** The part of a document that its page shows: from the task that read it, or from the document itself. */
export interface DocumentFindings {
  pages: number;
  characters: number;
  /** ISO 639-1 codes, most frequent first. */
  languages?: readonly string[] | undefined;
  coverage?: DocumentCoverage | undefined;
  warnings?: readonly string[] | undefined;
}

/** A document as named figures, pages first. */
export function documentFacts(document: DocumentFindings): [Fact, ...Fact[]] {
  const { pages, characters, languages = [], coverage } = document;
  return [
    { name: 'Pages', value: formatCount(pages) },
    { name: 'Characters', value: formatCount(characters) },
    ...(languages.length === 0
      ? []
      : [{ name: languages.length === 1 ? 'Language' : 'Languages', value: languageWords(languages), isText: true }]),
    ...(coverage === undefined ? [] : [{ name: 'Coverage', value: coverageWords(coverage), isText: true }]),
  ];
}

/** A remark that lists the reader's warnings; undefined if there are none. */
export function warningsRemark({ warnings = [], coverage }: DocumentFindings): Remark | undefined {
  if (warnings.length === 0) return undefined;
  const isPartial = coverage !== undefined && !isFullyCovered(coverage);
  return {
    tone: 'warn',
    title: isPartial ? 'Not all of this document can be searched' : 'Notes on this document',
    text: isPartial ? 'The rest is searchable. The reader found:' : 'All of its text is searchable. The reader found:',
    items: [...warnings],
  };
}

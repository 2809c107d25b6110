import { characterRecall, wordRecall } from '@taskwire/documents/testing';
import type { CorpusDocument } from '../corpus/corpus-document.ts';
import { lossKind } from './loss-kind.ts';
import type { PdfFacts } from './pdf-facts.ts';
import type { ReadDocument } from './read-document.ts';

/** A document with text that loses more than this share of it counts as lossy. */
export const LOSSY_SHARE = 0.1;

/** A document, the text read from it, and the missing words. */
export interface JudgedDocument {
  name: string;
  group: string;
  bytes: number;
  read: ReadDocument;
  /** The text that its words were compared with; absent: none. */
  reference?: 'source' | 'pdftotext';
  /** Words of the reference; 0 without one. */
  words: number;
  /** Share (0 to 1) of those words that were read; of a refused document, 0. */
  recall: number;
  /** Share (0 to 1) of its characters that were read, however they are divided into words; at least `recall`. */
  characterRecall: number;
  /** Words of the reference that were not read. */
  missing: string[];
  /** Kind of the losses; absent unless the document is lossy. */
  lossKind?: string;
  /** Words that were read and are no part of the text. */
  wrong: string[];
  /** Whether it ended as it had to; a document of unknown outcome always did. */
  isExpected: boolean;
}

export interface Judging {
  read: ReadDocument;
  bytes: number;
  /** Text of `pdftotext`; undefined: not installed, no PDF, or it could not read it. */
  pdfText: string | undefined;
  /** Facts of a PDF, for a lossy one. */
  readFacts: () => Promise<PdfFacts>;
}

/** Compares the text with the known source, or else with the text of `pdftotext`. */
export async function judgeDocument(
  document: CorpusDocument,
  { read, bytes, pdfText, readFacts }: Judging,
): Promise<JudgedDocument> {
  const reference = document.text ?? pdfText ?? '';
  const text = read.outcome === 'done' ? read.text : '';
  const { words, recall, distinctRecall, missing } = wordRecall(reference, text);
  // Cells of a table in another order cost grams, but no words.
  const characters = Math.max(recall, characterRecall(reference, text).recall);
  const { name, group, expected, absent = [] } = document;
  const judged: JudgedDocument = {
    name,
    group,
    bytes,
    read,
    ...referenceOf(document, pdfText),
    words,
    recall,
    characterRecall: characters,
    missing,
    wrong: absent.filter((word) => wordRecall(word, text).recall === 1),
    isExpected: expected === undefined || expected === read.outcome,
  };
  if (recall >= 1 - LOSSY_SHARE) return judged;
  const added = wordRecall(text, reference).missing;
  const { outcome } = read;
  const loss = { outcome, distinctRecall, characterRecall: characters, missing, added, reference };
  return { ...judged, lossKind: lossKind({ ...loss, ...(await readFacts()) }) };
}

function referenceOf({ text }: CorpusDocument, pdfText: string | undefined): Pick<JudgedDocument, 'reference'> {
  if (text !== undefined) return { reference: 'source' };
  return pdfText === undefined ? {} : { reference: 'pdftotext' };
}

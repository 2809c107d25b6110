import { wordRecall } from '@taskwire/documents/testing';
import type { CorpusDocument } from '../corpus/corpus-document.ts';
import type { ReadDocument } from './read-document.ts';

/** A document, what reading it gave, and what is missing. */
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
  /** Words of the reference that were not read. */
  missing: string[];
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
}

/** Compares what was read with the known source, else with what `pdftotext` reads. */
export function judgeDocument(document: CorpusDocument, { read, bytes, pdfText }: Judging): JudgedDocument {
  const reference = document.text ?? pdfText;
  const text = read.outcome === 'done' ? read.text : '';
  const { words, recall, missing } = wordRecall(reference ?? '', text);
  const { name, group, expected, absent = [] } = document;
  return {
    name,
    group,
    bytes,
    read,
    ...(reference === undefined ? {} : { reference: document.text === undefined ? 'pdftotext' : 'source' }),
    words,
    recall,
    missing,
    wrong: absent.filter((word) => wordRecall(word, text).recall === 1),
    isExpected: expected === undefined || expected === read.outcome,
  };
}

import { stat } from 'node:fs/promises';
import { DEFAULT_LIMITS, type ReadingLimits } from '@taskwire/documents';
import { type CorpusDocument, fileOf } from '../corpus/corpus-document.ts';
import { type JudgedDocument, judgeDocument } from './judged-document.ts';
import { readPdfFacts, USUAL_PDF } from './pdf-facts.ts';
import { pdfToText } from './pdf-to-text.ts';
import { readDocument } from './read-document.ts';

export interface CorpusReading {
  /** Folder of generated documents. */
  folder: string;
  /** The path of `pdftotext`; undefined: not installed. */
  pdfToTextProgram: string | undefined;
  /** Documents read at a time; memory is measured for each document only if it is 1. */
  atOnce: number;
  /** The worker's default limits if absent. */
  limits?: ReadingLimits;
  signal: AbortSignal;
  onRead: (document: JudgedDocument) => void;
}

const WARM_UP: CorpusDocument = {
  name: 'warm-up.txt',
  group: 'none',
  content: { make: () => Buffer.from('The first document bundles the reader, where it runs from its sources.') },
};

/** Reads documents, and compares each with its known text or with what `pdftotext` reads. */
export async function readCorpus(
  documents: readonly CorpusDocument[],
  reading: CorpusReading,
): Promise<JudgedDocument[]> {
  await readOne(WARM_UP, reading);
  return inTurn(documents, reading.atOnce, async (document) => {
    reading.signal.throwIfAborted();
    const judged = await readOne(document, reading);
    reading.onRead(judged);
    return judged;
  });
}

async function readOne(document: CorpusDocument, reading: CorpusReading) {
  const { folder, pdfToTextProgram, limits = DEFAULT_LIMITS, signal } = reading;
  const path = await fileOf(document, folder);
  const { size } = await stat(path);
  const read = await readDocument({ path, fileName: document.name }, { limits, signal });
  const isCompared = document.text === undefined && read.mediaType === 'application/pdf';
  const program = isCompared ? pdfToTextProgram : undefined;
  const pdfText = program === undefined ? undefined : await pdfToText(program, path);
  const readFacts = async () => (program === undefined ? USUAL_PDF : readPdfFacts(program, path));
  return judgeDocument(document, { read, bytes: size, pdfText, readFacts });
}

/** Works on all items, `atOnce` at a time. @returns the results in the order of the items. */
export async function inTurn<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, item] = next;
      results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

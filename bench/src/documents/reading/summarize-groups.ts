import { LOSSY_SHARE, type JudgedDocument } from './judged-document.ts';

/** Figures of the documents of one group. */
export interface GroupSummary {
  group: string;
  documents: number;
  done: number;
  /** Numbers of refusals by code: `DOCUMENT_ENCRYPTED 2`. */
  refused: string;
  /** Words of all references. */
  words: number;
  /** Share (0 to 1) of those words that were read; absent: no reference. */
  recall?: number;
  /** Documents whose reference has words. */
  withText: number;
  /** Number of documents that lose more than 10 % of their words. */
  lossy: number;
  /** Number of documents that lose more than 10 % of their characters. */
  lossyCharacters: number;
  pages: number;
  /** Pages of the done ones by the time of reading them, start of the reader's process included. */
  pagesPerSecond: number;
  mebibytesPerSecond: number;
  peakMemoryMib?: number;
  slowestGapSeconds: number;
}

/** One summary for each group, in the order in which groups first come. */
export function summarizeGroups(documents: readonly JudgedDocument[]): GroupSummary[] {
  return [...new Set(documents.map(({ group }) => group))].map((group) =>
    summarizeGroup(
      group,
      documents.filter((document) => document.group === group),
    ),
  );
}

/** All documents as one group. */
export function summarizeGroup(group: string, documents: readonly JudgedDocument[]): GroupSummary {
  const done = documents.filter(({ read }) => read.outcome === 'done');
  const withText = documents.filter(({ words }) => words > 0);
  const words = sumOf(withText, (document) => document.words);
  const seconds = sumOf(done, ({ read }) => read.seconds);
  const pages = sumOf(done, ({ read }) => read.pages);
  const peaks = documents.flatMap(({ read }) => read.peakMemoryMib ?? []);
  return {
    group,
    documents: documents.length,
    done: done.length,
    refused: refusals(documents),
    words,
    ...(words === 0 ? {} : { recall: sumOf(withText, (document) => document.words * document.recall) / words }),
    withText: withText.length,
    lossy: withText.filter(({ recall }) => recall < 1 - LOSSY_SHARE).length,
    lossyCharacters: withText.filter((document) => document.characterRecall < 1 - LOSSY_SHARE).length,
    pages,
    pagesPerSecond: rate(pages, seconds),
    mebibytesPerSecond: rate(sumOf(done, ({ bytes }) => bytes) / (1_024 * 1_024), seconds),
    ...(peaks.length === 0 ? {} : { peakMemoryMib: Math.max(...peaks) }),
    slowestGapSeconds: Math.max(0, ...documents.map(({ read }) => read.slowestGapSeconds)),
  };
}

function refusals(documents: readonly JudgedDocument[]): string {
  const counts = new Map<string, number>();
  for (const { read } of documents) {
    if (read.outcome !== 'done') counts.set(read.outcome, (counts.get(read.outcome) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) => `${code} ${count}`).join(', ') || 'none';
}

function sumOf<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}

function rate(amount: number, seconds: number): number {
  return seconds === 0 ? 0 : amount / seconds;
}

import type { Report } from '../report/report.ts';
import type { JudgedDocument } from './judged-document.ts';
import { summarizeGroup, summarizeGroups } from './summarize-groups.ts';

/** Most documents with text that may lose more than 10 % of it (share). */
const MOST_LOSSY = 0.02;
/** Missing words that are named for a document. */
const NAMED_WORDS = 8;
const PART = 'reading';

/** Prints what was read of each group, what ended otherwise than it had to, and the greatest losses. */
export function reportReading(report: Report, documents: readonly JudgedDocument[], losses: number): void {
  const total = summarizeGroup('all', documents);
  report.table({
    part: PART,
    title: 'What is read (recall: share of the words of the known source, or of what pdftotext reads of a PDF)',
    columns: [
      { key: 'group', heading: 'documents' },
      { key: 'documents', heading: 'number' },
      { key: 'done', heading: 'done' },
      { key: 'refused', heading: 'refused with' },
      { key: 'words', heading: 'words' },
      { key: 'recall', heading: 'recall', digits: 4 },
      { key: 'lossy', heading: 'lose > 10 %' },
      { key: 'pagesPerSecond', heading: 'pages/s', digits: 1 },
      { key: 'mebibytesPerSecond', heading: 'MiB/s', digits: 2 },
      { key: 'peakMemoryMib', heading: 'peak MiB' },
      { key: 'slowestGapSeconds', heading: 'longest gap s', digits: 2 },
    ],
    rows: [...summarizeGroups(documents), total].map((group) => ({ ...group })),
  });
  reportUnexpected(report, documents);
  reportLosses(report, documents, losses);
  if (total.withText > 0) {
    const share = total.lossy / total.withText;
    report.bounds([
      { name: 'share of documents that lose more than 10 % of their words', value: share, most: MOST_LOSSY, digits: 4 },
    ]);
  }
}

function reportUnexpected(report: Report, documents: readonly JudgedDocument[]): void {
  const rows = documents.flatMap(({ name, isExpected, read, wrong }) => [
    ...(isExpected ? [] : [{ name, problem: `${read.outcome}: ${read.message ?? 'a refusal was due'}` }]),
    ...(wrong.length === 0 ? [] : [{ name, problem: `reads what is no text: ${wrong.join(', ')}` }]),
  ]);
  report.table({
    part: `${PART}-unexpected`,
    title: 'Documents that end otherwise than they have to',
    columns: [
      { key: 'name', heading: 'document' },
      { key: 'problem', heading: 'what happened' },
    ],
    rows,
  });
}

function reportLosses(report: Report, documents: readonly JudgedDocument[], most: number): void {
  const lossy = documents.filter(({ recall }) => recall < 1).sort((one, other) => one.recall - other.recall);
  report.table({
    part: `${PART}-losses`,
    title: `Lost words: ${Math.min(most, lossy.length)} of ${lossy.length} documents, greatest share first`,
    columns: [
      { key: 'name', heading: 'document' },
      { key: 'outcome', heading: 'outcome' },
      { key: 'words', heading: 'words' },
      { key: 'recall', heading: 'recall', digits: 4 },
      { key: 'missing', heading: 'first missing words' },
    ],
    rows: lossy.slice(0, most).map(({ name, read, words, recall, missing }) => ({
      name,
      outcome: read.outcome,
      words,
      recall,
      missing: missing.slice(0, NAMED_WORDS).join(' '),
    })),
  });
}

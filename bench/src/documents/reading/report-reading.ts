import type { Report } from '../report/report.ts';
import { LOSSY_SHARE, type JudgedDocument } from './judged-document.ts';
import { LOSS_KINDS } from './loss-kind.ts';
import { summarizeGroup, summarizeGroups } from './summarize-groups.ts';

/** Most documents with text that may lose more than 10 % of its words, or of its characters (share). */
const MOST_LOSSY = 0.02;
/** Missing words that are named for a document. */
const NAMED_WORDS = 8;
const PART = 'reading';

/** Prints the results of each group, each document with an unexpected end, and the greatest losses. */
export function reportReading(report: Report, documents: readonly JudgedDocument[], losses: number): void {
  const total = summarizeGroup('all', documents);
  report.table({
    part: PART,
    title: 'Reading (recall: share of the words of the known source, or of the words that pdftotext finds in a PDF)',
    columns: [
      { key: 'group', heading: 'documents' },
      { key: 'documents', heading: 'number' },
      { key: 'done', heading: 'done' },
      { key: 'refused', heading: 'refused with' },
      { key: 'words', heading: 'words' },
      { key: 'recall', heading: 'recall', digits: 4 },
      { key: 'lossy', heading: 'lose > 10 % words' },
      { key: 'lossyCharacters', heading: 'characters' },
      { key: 'pagesPerSecond', heading: 'pages/s', digits: 1 },
      { key: 'mebibytesPerSecond', heading: 'MiB/s', digits: 2 },
      { key: 'peakMemoryMib', heading: 'peak MiB' },
      { key: 'slowestGapSeconds', heading: 'longest gap s', digits: 2 },
    ],
    rows: [...summarizeGroups(documents), total].map((group) => ({ ...group })),
  });
  reportUnexpected(report, documents);
  reportLosses(report, documents, losses);
  reportKinds(report, documents);
  if (total.withText > 0) {
    const share = (what: string, count: number) => ({
      name: `share of documents that lose more than 10 % of their ${what}`,
      value: count / total.withText,
      most: MOST_LOSSY,
      digits: 4,
    });
    report.bounds([share('words', total.lossy), share('characters', total.lossyCharacters)]);
  }
}

/** Prints the number of lossy documents of each kind. A rule decides the kind of a document. */
function reportKinds(report: Report, documents: readonly JudgedDocument[]): void {
  const rows = LOSS_KINDS.map((kind) => {
    const ofKind = documents.filter(({ lossKind }) => lossKind === kind);
    const lossyCharacters = ofKind.filter(({ characterRecall }) => characterRecall < 1 - LOSSY_SHARE).length;
    return { kind, documents: ofKind.length, lossyCharacters };
  });
  report.table({
    part: `${PART}-kinds`,
    title: 'Documents that lose more than 10 % of their words, by the first rule that holds',
    columns: [
      { key: 'kind', heading: 'kind' },
      { key: 'documents', heading: 'documents' },
      { key: 'lossyCharacters', heading: 'of them lose > 10 % of their characters' },
    ],
    rows: rows.filter((row) => row.documents > 0),
  });
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
      { key: 'characterRecall', heading: 'of characters', digits: 4 },
      { key: 'kind', heading: 'kind' },
      { key: 'missing', heading: 'first missing words' },
    ],
    rows: lossy.slice(0, most).map(({ name, read, words, recall, characterRecall, lossKind, missing }) => ({
      name,
      outcome: read.outcome,
      words,
      recall,
      characterRecall,
      kind: lossKind,
      missing: missing.slice(0, NAMED_WORDS).join(' '),
    })),
  });
}

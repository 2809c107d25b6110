import { folderDocuments } from '../corpus/folder-documents.ts';
import { fileOf, type CorpusDocument } from '../corpus/corpus-document.ts';
import { largeDocuments } from '../corpus/large-documents.ts';
import type { JudgedDocument } from '../reading/judged-document.ts';
import { readCorpus } from '../reading/read-corpus.ts';
import { summarizeGroups } from '../reading/summarize-groups.ts';
import { measureUnpdf } from '../reading/unpdf-alone.ts';
import type { PartSettings } from './part-settings.ts';

/** Least speed of reading PDFs, as a share of unpdf's own. */
const LEAST_SHARE = 0.8;
/** Highest resident memory (MiB) of a reader of text, Markdown or HTML. */
const MOST_MEMORY_MIB = 400;
/** Longest time (s) for 10 MiB of text. */
const MOST_SECONDS = 30;
/** Longest time (s) without progress. */
const MOST_GAP_SECONDS = 1;
const PART = 'speed';

/** Measures the speed of reading large documents, one at a time; PDFs beside unpdf alone. */
export async function measureSpeed({ folder, temporary, report, say, signal }: PartSettings): Promise<void> {
  const documents = folder === undefined ? largeDocuments() : await folderDocuments(folder);
  const settings = { folder: temporary, pdfToTextProgram: undefined, atOnce: 1, signal };
  const judged = await readCorpus(documents, { ...settings, onRead: ({ name }) => say(`  ${name}`) });
  const unpdf = await unpdfOf(documents, judged, { temporary, signal });
  const rows = summarizeGroups(judged).map((group) => ({
    ...group,
    seconds: judged.reduce((sum, { read, group: name }) => (name === group.group ? sum + read.seconds : sum), 0),
    unpdf: isPdfGroup(judged, group.group) ? unpdf : undefined,
  }));
  report.table({
    part: PART,
    title: 'Speed of large documents, read one at a time (start of the reader’s process included)',
    columns: [
      { key: 'group', heading: 'documents' },
      { key: 'documents', heading: 'number' },
      { key: 'done', heading: 'done' },
      { key: 'pages', heading: 'pages' },
      { key: 'seconds', heading: 's', digits: 1 },
      { key: 'pagesPerSecond', heading: 'pages/s', digits: 1 },
      { key: 'unpdf', heading: 'unpdf alone, pages/s', digits: 1 },
      { key: 'mebibytesPerSecond', heading: 'MiB/s', digits: 2 },
      { key: 'peakMemoryMib', heading: 'peak MiB' },
      { key: 'slowestGapSeconds', heading: 'longest gap s', digits: 2 },
    ],
    rows,
  });
  const pdf = rows.find(({ unpdf: speed }) => speed !== undefined);
  if (pdf?.unpdf !== undefined) {
    const value = pdf.pagesPerSecond / pdf.unpdf;
    report.bounds([{ name: 'speed of reading PDFs as a share of unpdf alone', value, least: LEAST_SHARE }]);
  }
  if (folder === undefined) reportTextBounds(report, judged);
}

function reportTextBounds(report: PartSettings['report'], judged: readonly JudgedDocument[]): void {
  for (const { name, read } of judged.filter(({ read: { mediaType } }) => mediaType.startsWith('text/'))) {
    report.bounds([
      { name: `${name}: time (s)`, value: read.seconds, most: MOST_SECONDS, digits: 1 },
      { name: `${name}: longest time without progress (s)`, value: read.slowestGapSeconds, most: MOST_GAP_SECONDS },
      ...(read.peakMemoryMib === undefined
        ? []
        : [{ name: `${name}: peak memory (MiB)`, value: read.peakMemoryMib, most: MOST_MEMORY_MIB, digits: 0 }]),
    ]);
  }
}

/** Pages a second of unpdf alone over the PDFs that were read. */
async function unpdfOf(
  documents: readonly CorpusDocument[],
  judged: readonly JudgedDocument[],
  { temporary, signal }: Pick<PartSettings, 'temporary' | 'signal'>,
): Promise<number | undefined> {
  const isPdf = (_document: CorpusDocument, index: number) => isReadPdf(judged[index]);
  const paths = await Promise.all(documents.filter(isPdf).map((document) => fileOf(document, temporary)));
  const speed = paths.length === 0 ? undefined : await measureUnpdf(paths, signal);
  return speed === undefined ? undefined : speed.pages / speed.seconds;
}

function isReadPdf(document: JudgedDocument | undefined): boolean {
  return document?.read.mediaType === 'application/pdf' && document.read.outcome === 'done';
}

function isPdfGroup(judged: readonly JudgedDocument[], group: string): boolean {
  return judged.some((document) => document.group === group && isReadPdf(document));
}

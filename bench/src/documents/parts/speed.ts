import { folderDocuments } from '../corpus/corpus-document.ts';
import { largeDocuments, pdfsOfSizes } from '../corpus/large-documents.ts';
import { readBesideUnpdf, type BesideUnpdf } from '../reading/beside-unpdf.ts';
import type { JudgedDocument } from '../reading/judged-document.ts';
import { readCorpus } from '../reading/read-corpus.ts';
import { summarizeGroups } from '../reading/summarize-groups.ts';
import type { PartSettings } from './part-settings.ts';

/** Least speed of reading PDFs from BOUNDED_PAGES pages on, as a share of unpdf's own. */
const LEAST_SHARE = 0.8;
const BOUNDED_PAGES = 500;
/** Highest resident memory (MiB) of a reader of text, Markdown or HTML. */
const MOST_MEMORY_MIB = 400;
/** Longest time (s) for 10 MiB of text. */
const MOST_SECONDS = 30;
/** Longest time (s) without progress. */
const MOST_GAP_SECONDS = 1;
const PART = 'speed';

/** Measures the speed of reading large documents, one at a time; PDFs beside unpdf alone. */
export async function measureSpeed({ folder, temporary, repeats, report, say, signal }: PartSettings): Promise<void> {
  const documents = folder === undefined ? largeDocuments() : await folderDocuments(folder);
  const settings = { folder: temporary, pdfToTextProgram: undefined, atOnce: 1, signal };
  const judged = await readCorpus(documents, { ...settings, onRead: ({ name }) => say(`  ${name}`) });
  const rows = summarizeGroups(judged).map((group) => ({
    ...group,
    seconds: judged.reduce((sum, { read, group: name }) => (name === group.group ? sum + read.seconds : sum), 0),
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
      { key: 'mebibytesPerSecond', heading: 'MiB/s', digits: 2 },
      { key: 'peakMemoryMib', heading: 'peak MiB' },
      { key: 'slowestGapSeconds', heading: 'longest gap s', digits: 2 },
    ],
    rows,
  });
  const pdfs = folder === undefined ? pdfsOfSizes() : documents.filter((_, index) => isReadPdf(judged[index]));
  const comparing = { folder: temporary, repeats, signal };
  const compared: BesideUnpdf[] = [];
  for (const pdf of pdfs) compared.push(...(await readBesideUnpdf(pdf, comparing)));
  reportPdfs(report, compared, { isBounded: folder === undefined });
  if (folder === undefined) reportTextBounds(report, judged);
}

/** Prints the speed of PDFs beside unpdf alone. The bound is for large ones, and does not count the start of unpdf. */
function reportPdfs(
  report: PartSettings['report'],
  compared: readonly BesideUnpdf[],
  { isBounded }: { isBounded: boolean },
): void {
  report.table({
    part: `${PART}-pdf`,
    title: 'PDFs beside unpdf alone, each in a process of its own, in turn (medians)',
    columns: [
      { key: 'name', heading: 'document' },
      { key: 'pages', heading: 'pages' },
      { key: 'box', heading: 'box, pages/s', digits: 1 },
      { key: 'unpdf', heading: 'unpdf with its start, pages/s', digits: 1 },
      { key: 'share', heading: 'share', digits: 2 },
      { key: 'unpdfStarted', heading: 'unpdf without its start, pages/s', digits: 1 },
      { key: 'shareOfStarted', heading: 'share', digits: 2 },
    ],
    rows: compared.map(({ name, pages, box, unpdf, unpdfStarted }) => ({
      name,
      pages,
      box: pages / box,
      unpdf: pages / unpdf,
      share: unpdf / box,
      unpdfStarted: pages / unpdfStarted,
      shareOfStarted: unpdfStarted / box,
    })),
  });
  const bounded = compared.filter(({ pages }) => isBounded && pages >= BOUNDED_PAGES);
  report.bounds(
    bounded.map(({ pages, box, unpdfStarted }) => ({
      name: `speed of reading a PDF of ${String(pages)} pages as a share of unpdf alone without its start`,
      value: unpdfStarted / box,
      least: LEAST_SHARE,
    })),
  );
}

function isReadPdf(document: JudgedDocument | undefined): boolean {
  return document?.read.mediaType === 'application/pdf' && document.read.outcome === 'done';
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

import { DEFAULT_LIMITS } from '@taskwire/documents';
import { percentile } from '../../report/statistics.ts';
import { fileOf, type CorpusDocument } from '../corpus/corpus-document.ts';
import { readDocument } from './read-document.ts';
import { readWithUnpdf } from './unpdf-alone.ts';

/** The times (s) of one PDF in the box and with unpdf alone, each the median of all repeats. */
export interface BesideUnpdf {
  name: string;
  pages: number;
  /** From the start of the box's process to its end. */
  box: number;
  /** From the start of the process to its end. */
  unpdf: number;
  /** The same without the start of the process and the loading of pdf.js. */
  unpdfStarted: number;
}

interface Comparing {
  /** Folder of generated documents. */
  folder: string;
  repeats: number;
  signal: AbortSignal;
}

/**
 * Reads a PDF in turn in the box and with unpdf alone: a change of the machine's load meets both.
 * @returns nothing if one of them cannot read it.
 */
export async function readBesideUnpdf(
  document: CorpusDocument,
  { folder, repeats, signal }: Comparing,
): Promise<[BesideUnpdf] | []> {
  const path = await fileOf(document, folder);
  const times: Omit<BesideUnpdf, 'name' | 'pages'>[] = [];
  let pages = 0;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const box = await readDocument({ path, fileName: document.name }, { limits: DEFAULT_LIMITS, signal });
    const unpdf = await readWithUnpdf(path, signal);
    if (box.outcome !== 'done' || unpdf === undefined) return [];
    pages = box.pages;
    times.push({ box: box.seconds, unpdf: unpdf.secondsWithStart, unpdfStarted: unpdf.seconds });
  }
  const medianOf = (key: keyof (typeof times)[number]) =>
    percentile(
      times.map((time) => time[key]),
      0.5,
    );
  return [
    {
      name: document.name,
      pages,
      box: medianOf('box'),
      unpdf: medianOf('unpdf'),
      unpdfStarted: medianOf('unpdfStarted'),
    },
  ];
}

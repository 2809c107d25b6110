import { caseDocuments } from '../corpus/case-documents.ts';
import { encodedDocuments } from '../corpus/encoded-documents.ts';
import { folderDocuments } from '../corpus/corpus-document.ts';
import { languageDocuments } from '../corpus/language-documents.ts';
import { findPdfToText } from '../reading/pdf-to-text.ts';
import { readCorpus } from '../reading/read-corpus.ts';
import { reportReading } from '../reading/report-reading.ts';
import type { PartSettings } from './part-settings.ts';

/** Documents of the generated corpus that are read at a time. */
const AT_ONCE = 2;
/** Documents between two lines about the progress. */
const SAID_AFTER = 50;

/** Measures the words read and lost by format: of the generated corpus, or of the files of a folder. */
export async function measureReading({ folder, temporary, losses, report, say, signal }: PartSettings): Promise<void> {
  const documents =
    folder === undefined
      ? [...languageDocuments(), ...encodedDocuments(), ...caseDocuments()]
      : await folderDocuments(folder);
  const pdfToTextProgram = findPdfToText();
  if (pdfToTextProgram === undefined) report.note('pdftotext is not installed: PDFs of unknown text are not compared.');
  let count = 0;
  const judged = await readCorpus(documents, {
    folder: temporary,
    pdfToTextProgram,
    atOnce: folder === undefined ? AT_ONCE : 1,
    signal,
    onRead: () => {
      count += 1;
      if (count % SAID_AFTER === 0) say(`  ${count} of ${documents.length} documents`);
    },
  });
  reportReading(report, judged, losses);
}

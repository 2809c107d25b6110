import { DEFAULT_LIMITS } from '@taskwire/documents';
import { worstDocuments, worstPdfs } from '../corpus/worst-documents.ts';
import { readCorpus } from '../reading/read-corpus.ts';
import type { PartSettings } from './part-settings.ts';

const MIB = 1_024 * 1_024;
/** Bounds for 10 MiB of anything. */
const MOST_SECONDS = 30;
const MOST_GAP_SECONDS = 1;
const MOST_MEMORY_MIB = 400;
const LIMITS = { ...DEFAULT_LIMITS, cpuSeconds: MOST_SECONDS, silenceMs: MOST_SECONDS * 1_000 };
const PART = 'worst';

/**
 * Reads documents that are made to be slow, one at a time, with at most 30 s of processor time. A refusal with a plain
 * reason is an end, too: of the PDFs it is the right one.
 */
export async function measureWorst({ worstMib, temporary, report, say, signal }: PartSettings): Promise<void> {
  const settings = { folder: temporary, pdfToTextProgram: undefined, atOnce: 1, limits: LIMITS, signal };
  const onRead = ({ name }: { name: string }) => say(`  ${name}`);
  const judged = await readCorpus([...worstDocuments(worstMib * MIB), ...worstPdfs()], { ...settings, onRead });
  const rows = judged.map(({ name, read }) => {
    const { outcome, mediaType, seconds, slowestGapSeconds, peakMemoryMib } = read;
    const isText = mediaType.startsWith('text/');
    const missed = [
      ...(seconds > MOST_SECONDS ? ['time'] : []),
      ...(isText && slowestGapSeconds > MOST_GAP_SECONDS ? ['progress'] : []),
      ...(isText && (peakMemoryMib ?? 0) > MOST_MEMORY_MIB ? ['memory'] : []),
    ].join(', ');
    return { name, outcome, seconds, slowestGapSeconds, peakMemoryMib, missed: missed === '' ? 'none' : missed };
  });
  report.table({
    part: PART,
    title: `Texts of ${worstMib} MiB and small PDFs that are made to be slow (bounds: ${MOST_SECONDS} s for 10 MiB; of texts: progress each second, ${MOST_MEMORY_MIB} MiB)`,
    columns: [
      { key: 'name', heading: 'document' },
      { key: 'outcome', heading: 'outcome' },
      { key: 'seconds', heading: 's', digits: 1 },
      { key: 'slowestGapSeconds', heading: 'longest gap s', digits: 2 },
      { key: 'peakMemoryMib', heading: 'peak MiB' },
      { key: 'missed', heading: 'missed' },
    ],
    rows,
  });
}

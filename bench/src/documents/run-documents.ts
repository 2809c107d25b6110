import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../env.ts';
import type { DocumentsOptions, PartName } from './options.ts';
import { measureLatency } from './parts/latency.ts';
import { measureReading } from './parts/reading.ts';
import { measureSearch } from './parts/search.ts';
import { measureSpeed } from './parts/speed.ts';
import type { PartSettings } from './parts/part-settings.ts';
import { measureWorst } from './parts/worst.ts';
import { Report } from './report/report.ts';

const PARTS: Record<PartName, (settings: PartSettings) => Promise<void>> = {
  reading: measureReading,
  speed: measureSpeed,
  worst: measureWorst,
  search: measureSearch,
  latency: measureLatency,
};

/** The output of a run of the benchmark of documents, and the signal that stops it. */
export interface DocumentsRun {
  print: (line: string) => void;
  /** Progress, for people. */
  say: (line: string) => void;
  signal: AbortSignal;
}

/** Measures the parts that are asked for, in turn. Nothing is left on disk. @throws the signal's reason. */
export async function runDocuments(options: DocumentsOptions, { print, say, signal }: DocumentsRun): Promise<void> {
  const report = new Report(print, { isJson: options.json });
  const folder = await mkdtemp(join(temporaryFolder(), 'taskwire-documents-'));
  try {
    for (const part of options.parts) {
      signal.throwIfAborted();
      say(`documents: ${part}`);
      await PARTS[part]({ ...options, report, say, signal, temporary: folder });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

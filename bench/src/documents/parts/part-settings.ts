import type { DocumentsOptions } from '../options.ts';
import type { Report } from '../report/report.ts';

/** Settings of each part of the benchmark of documents. */
export interface PartSettings extends DocumentsOptions {
  report: Report;
  /** Progress, for people. */
  say: (line: string) => void;
  signal: AbortSignal;
  /** A folder that is deleted at the end of the run. */
  temporary: string;
}

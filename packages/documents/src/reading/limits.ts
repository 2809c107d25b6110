import { DocumentError } from './document-error.ts';

/** Limits for reading one document. `limitExceeded` names the setting of each. */
export interface ReadingLimits {
  /** Pages of a document. */
  pages: number;
  /** Bytes that all packed parts of a document may unpack to, together. */
  unpackedBytes: number;
  /** Levels of elements inside elements. */
  depth: number;
  /** Memory (MiB) of the process that reads the document. */
  memoryMiB: number;
  /** Processor time (s) of that process. */
  cpuSeconds: number;
  /** Processor time (s) of one part (a page), or of slow parts in a row beyond 2 s each. */
  pageCpuSeconds: number;
  /** Time (ms) without output from that process. */
  silenceMs: number;
}

const MIB = 1_024 * 1_024;

export const DEFAULT_LIMITS: ReadingLimits = {
  pages: 20_000,
  unpackedBytes: 512 * MIB,
  depth: 10_000,
  memoryMiB: 1_024,
  cpuSeconds: 900,
  pageCpuSeconds: 15,
  silenceMs: 120_000,
};

const DESCRIPTIONS: Record<keyof ReadingLimits, (limits: ReadingLimits) => string> = {
  pages: ({ pages }) => `has more than ${pages} pages (DOCUMENT_PAGES)`,
  unpackedBytes: ({ unpackedBytes }) => `unpacks to more than ${unpackedBytes / MIB} MiB (DOCUMENT_UNPACKED_MIB)`,
  depth: ({ depth }) => `is nested more than ${depth} levels deep (DOCUMENT_DEPTH)`,
  memoryMiB: ({ memoryMiB }) => `needs more than ${memoryMiB} MiB of memory to be read (DOCUMENT_MEMORY_MIB)`,
  cpuSeconds: ({ cpuSeconds }) => `needs more than ${cpuSeconds} s of processor time (DOCUMENT_CPU_SECONDS)`,
  pageCpuSeconds: ({ pageCpuSeconds }) =>
    `needs more than ${pageCpuSeconds} s of processor time for one page, or beyond 2 s for each of several (DOCUMENT_PAGE_CPU_SECONDS)`,
  silenceMs: ({ silenceMs }) => `kept its reader for ${silenceMs} ms without a result (DOCUMENT_SILENCE_MS)`,
};

/** The failure of a document that exceeds a limit. It names the limit, its setting and the remedy. */
export function limitExceeded(limit: keyof ReadingLimits, limits: ReadingLimits, cause?: unknown): DocumentError {
  return new DocumentError(
    'DOCUMENT_TOO_COMPLEX',
    `the document ${DESCRIPTIONS[limit](limits)}: split it and upload the parts`,
    cause === undefined ? {} : { cause },
  );
}

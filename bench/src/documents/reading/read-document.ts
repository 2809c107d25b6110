import { DocumentError, parserOf, readInBox, type ParsedPart, type ReadingLimits } from '@taskwire/documents';
import { mediaTypeOf } from '@taskwire/documents/media-types';
import { PeakMemory } from './peak-memory.ts';

/** The result of reading one document. */
export interface ReadDocument {
  /** `done`, or the code of the refusal. */
  outcome: string;
  /** Reason of its refusal. */
  message?: string;
  mediaType: string;
  /** Headings and text of all sections. */
  text: string;
  pages: number;
  warnings: string[];
  seconds: number;
  /** Longest time (s) without a new part. */
  slowestGapSeconds: number;
  /** Highest resident memory (MiB) of the reader's process; absent where the system does not tell. */
  peakMemoryMib?: number;
}

/** A file, and the name that its owner gives it. */
export interface NamedFile {
  path: string;
  fileName: string;
}

/** Within which limits a document is read, and what stops it. */
export interface ReadingRun {
  limits: ReadingLimits;
  signal: AbortSignal;
}

/**
 * Reads a file as an upload and its task do: finds the media type, then reads it in a process of its own.
 * @throws the signal's reason; an Error if the reader could not be started.
 */
export async function readDocument(file: NamedFile, run: ReadingRun): Promise<ReadDocument> {
  const start = performance.now();
  const { mediaType, problem } = await mediaTypeOf(file);
  const reading = new Reading(mediaType, start);
  if (parserOf(mediaType) === undefined) {
    return reading.refused('UNSUPPORTED_MEDIA_TYPE', problem ?? `is ${mediaType}`);
  }
  const memory = new PeakMemory();
  try {
    const request = { path: file.path, mediaType, ...run };
    for await (const parts of readInBox(request)) reading.take(parts);
    return reading.finished(memory.highest());
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { ...reading.refused(error.code, error.message), ...peakOf(memory.highest()) };
  } finally {
    memory.stop();
  }
}

function peakOf(peakMemoryMib: number | undefined): Pick<ReadDocument, 'peakMemoryMib'> {
  return peakMemoryMib === undefined ? {} : { peakMemoryMib };
}

/** Collects what the parts of one document hold. */
class Reading {
  readonly #mediaType: string;
  readonly #start: number;
  readonly #texts: string[] = [];
  readonly #warnings: string[] = [];
  #pages = 0;
  #last: number;
  #slowestGapMs = 0;

  constructor(mediaType: string, start: number) {
    this.#mediaType = mediaType;
    this.#start = start;
    this.#last = start;
  }

  take(parts: readonly ParsedPart[]): void {
    this.#mark();
    for (const { sections, pages, warning } of parts) {
      this.#pages = pages;
      if (warning !== undefined) this.#warnings.push(warning);
      for (const { headingPath = [], heading = '', text } of sections) {
        this.#texts.push(...headingPath, heading, text);
      }
    }
  }

  finished(peakMemoryMib: number | undefined): ReadDocument {
    const facts = { ...this.#facts(), ...peakOf(peakMemoryMib) };
    if (facts.text.trim() !== '') return facts;
    return { ...facts, outcome: 'DOCUMENT_EMPTY', message: 'holds no text' };
  }

  refused(code: string, message: string): ReadDocument {
    return { ...this.#facts(), outcome: code, message };
  }

  #facts(): ReadDocument {
    this.#mark();
    return {
      outcome: 'done',
      mediaType: this.#mediaType,
      text: this.#texts.join('\n'),
      pages: this.#pages,
      warnings: this.#warnings,
      seconds: (this.#last - this.#start) / 1_000,
      slowestGapSeconds: this.#slowestGapMs / 1_000,
    };
  }

  #mark(): void {
    const now = performance.now();
    this.#slowestGapMs = Math.max(this.#slowestGapMs, now - this.#last);
    this.#last = now;
  }
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { childEnvironment } from '../../env.ts';

const PROGRAM = fileURLToPath(new URL('./unpdf-process.mjs', import.meta.url));
/** Longest time for one PDF. */
const TIME_LIMIT_MS = 120_000;

const printedSchema = z.object({ pages: z.int().nonnegative(), seconds: z.number().nonnegative() });

/** The times (s) in which unpdf alone reads a PDF. */
export interface UnpdfReading {
  pages: number;
  /** From the loaded pdf.js to the last page. */
  seconds: number;
  /** From the start of the process to its end. */
  secondsWithStart: number;
}

/**
 * Reads a PDF with unpdf alone, in a process of its own.
 * @returns undefined if it could not be read in two minutes.
 * @throws the signal's reason.
 */
export async function readWithUnpdf(path: string, signal: AbortSignal): Promise<UnpdfReading | undefined> {
  signal.throwIfAborted();
  const start = performance.now();
  try {
    const options = { env: childEnvironment({ NODE_ENV: 'production' }), timeout: TIME_LIMIT_MS, signal };
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, path], options);
    const secondsWithStart = (performance.now() - start) / 1_000;
    return { ...printedSchema.parse(JSON.parse(stdout)), secondsWithStart };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

import { DEFAULT_LIMITS } from '@taskwire/documents';
import { oneOf, parseEnvironment, wholeNumber, type Variables } from '@taskwire/process-kit';
import * as z from 'zod';
import type { ReadingSettings } from './documents/reading-settings.ts';
import { INPUT, LANGUAGE, splitCommand, TESSERACT_COMMAND } from './documents/recognition/recognition-settings.ts';

const MIB = 1_024 * 1_024;
const NOT_A_COMMAND = 'is not a command for the text of an image';

const variablesSchema = z.object({
  DOCUMENT_MEMORY_MIB: wholeNumber({
    ...{ min: 64, max: 65_536, default: DEFAULT_LIMITS.memoryMiB },
    meaning: 'the memory (MiB) that reading one document may take',
  }),
  DOCUMENT_CPU_SECONDS: wholeNumber({
    ...{ min: 1, max: 86_400, default: DEFAULT_LIMITS.cpuSeconds },
    meaning: 'the processor time (s) that reading one document may take',
  }),
  DOCUMENT_PAGE_CPU_SECONDS: wholeNumber({
    ...{ min: 1, max: 86_400, default: DEFAULT_LIMITS.pageCpuSeconds },
    meaning: 'the processor time (s) that one page of a document may take',
  }),
  DOCUMENT_SILENCE_MS: wholeNumber({
    ...{ min: 1_000, max: 3_600_000, default: DEFAULT_LIMITS.silenceMs },
    meaning: 'the time (ms) that the reader of a document may give nothing new',
  }),
  DOCUMENT_PAGES: wholeNumber({
    ...{ min: 1, max: 1_000_000, default: DEFAULT_LIMITS.pages },
    meaning: 'the number of pages that a document may have',
  }),
  DOCUMENT_UNPACKED_MIB: wholeNumber({
    ...{ min: 1, max: 65_536, default: DEFAULT_LIMITS.unpackedBytes / MIB },
    meaning: 'the size (MiB) that the packed parts of a document may unpack to',
  }),
  DOCUMENT_DEPTH: wholeNumber({
    ...{ min: 1, max: 1_000_000, default: DEFAULT_LIMITS.depth },
    meaning: 'the number of levels that a document may be nested',
  }),
  OCR: oneOf(['off', 'tesseract'], 'off', 'give tesseract to recognise the text of scanned pages, or leave it out'),
  OCR_COMMAND: z
    .string()
    .includes(INPUT, {
      error: `${NOT_A_COMMAND}: give one with ${INPUT} for its path and ${LANGUAGE} for the language, or leave it out`,
    })
    .optional(),
  OCR_LANGUAGE: z
    .string()
    .regex(/^[\w+-]{1,100}$/, {
      error:
        'is not a list of languages: give them by the names that the program knows (deu+eng), or leave it out for eng',
    })
    .default('eng'),
  OCR_PAGE_MS: wholeNumber({
    ...{ min: 1_000, max: 3_600_000, default: 60_000 },
    meaning: 'the time (ms) that the text recognition of one page may take',
  }),
});

/**
 * Reads the limits of documents and the recognition of text from the environment.
 * @throws EnvironmentError naming every bad variable at once.
 */
export function readReadingSettings(variables: Variables = process.env): ReadingSettings {
  const values = parseEnvironment(variables, { schema: variablesSchema });
  const limits = {
    memoryMiB: values.DOCUMENT_MEMORY_MIB,
    cpuSeconds: values.DOCUMENT_CPU_SECONDS,
    pageCpuSeconds: values.DOCUMENT_PAGE_CPU_SECONDS,
    silenceMs: values.DOCUMENT_SILENCE_MS,
    pages: values.DOCUMENT_PAGES,
    unpackedBytes: values.DOCUMENT_UNPACKED_MIB * MIB,
    depth: values.DOCUMENT_DEPTH,
  };
  const command = values.OCR_COMMAND ?? (values.OCR === 'tesseract' ? TESSERACT_COMMAND : undefined);
  if (command === undefined) return { limits };
  return {
    limits,
    recognition: { command: splitCommand(command), language: values.OCR_LANGUAGE, pageMs: values.OCR_PAGE_MS },
  };
}

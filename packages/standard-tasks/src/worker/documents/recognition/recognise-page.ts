import { DocumentError, type ReadingLimits } from '@taskwire/documents';
import { withPageFolder } from './page-folders.ts';
import { picturesOf } from './page-pictures.ts';
import { INPUT, LANGUAGE, type RecognitionSettings } from './recognition-settings.ts';
import { ProgramError, runProgram } from './run-program.ts';

/** A page of a PDF for text recognition. */
export interface RecognitionRequest {
  path: string;
  page: number;
  limits: ReadingLimits;
  settings: RecognitionSettings;
  signal: AbortSignal;
}

/** The text of a page, which may be empty, or the reason for the failure. */
export type Recognition = { text: string } | { failure: string; isMissing: boolean };

/**
 * Recognises the text of a page with the configured program.
 * @throws the signal's reason. A page that cannot be recognised does not fail the document.
 */
export async function recognisePage(request: RecognitionRequest): Promise<Recognition> {
  try {
    return { text: await withPageFolder((folder) => textIn(folder, request)) };
  } catch (error) {
    if (error instanceof ProgramError) return { failure: error.reason, isMissing: error.isMissing };
    if (error instanceof DocumentError) return { failure: error.message, isMissing: false };
    throw error;
  }
}

async function textIn(folder: string, { path, page, limits, settings, signal }: RecognitionRequest): Promise<string> {
  const { pageMs: limitMs, language } = settings;
  const texts: string[] = [];
  for (const picture of await picturesOf({ path, page, folder, limits, limitMs, signal })) {
    const command = settings.command.map((part) => part.replaceAll(INPUT, picture).replaceAll(LANGUAGE, language));
    texts.push(await runProgram({ command, limitMs, signal }));
  }
  return texts.join('\n\n');
}

import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment, programFolders } from '../../env.ts';

const TIME_LIMIT_MS = 60_000;
const MOST_BYTES = 256 * 1_024 * 1_024;

const run = promisify(execFile);

/** The path of Poppler's `pdftotext`; undefined if it is not installed. */
export function findPdfToText(): string | undefined {
  return programFolders()
    .map((folder) => join(folder, 'pdftotext'))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** The text that `pdftotext` finds in a PDF; undefined if it cannot read it within a minute. */
export async function pdfToText(program: string, path: string): Promise<string | undefined> {
  try {
    const options = { env: childEnvironment({}), timeout: TIME_LIMIT_MS, maxBuffer: MOST_BYTES };
    const { stdout } = await run(program, ['-q', '-enc', 'UTF-8', path, '-'], options);
    return stdout;
  } catch {
    return undefined;
  }
}

import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/**
 * Opens a file of a command line; its bytes are read when they are sent.
 * @param option what the error names: `--file`.
 * @throws UsageError if there is no such file.
 */
export async function openFile(path: string, option: string): Promise<Blob> {
  try {
    if ((await stat(path)).isFile()) return await openAsBlob(path);
  } catch {
    throw new UsageError(`${option}: ${path} cannot be read; is the path right?`);
  }
  throw new UsageError(`${option}: ${path} is not a file`);
}

import { join } from 'node:path';
import type { SpoolFiles } from './spool.ts';

/** The folder, in that of the uploads, for what is made of them. */
export const DERIVED_FOLDER = 'derived';
/** By this ending the api knows what a crash has left among the uploads, and removes it after a day. */
export const PART_ENDING = '.partial';

/**
 * Where something that is made of an upload lies.
 * @param attempt Two attempts at a time, one of them fenced already, write to files of their own.
 */
export function derivedFiles(
  upload: { uploadDirectory: string; uploadId: string },
  name: string,
  { taskId, attempt }: { taskId: string; attempt: number },
): SpoolFiles {
  const { uploadDirectory, uploadId } = upload;
  return {
    path: join(uploadDirectory, DERIVED_FOLDER, `${uploadId}.${name}.ndjson`),
    part: join(uploadDirectory, `${uploadId}.${name}.${taskId}-${attempt}${PART_ENDING}`),
  };
}

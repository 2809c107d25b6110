import { join } from 'node:path';
import type { Database } from '@taskwire/db';
import { TERMINAL_STATUSES } from '@taskwire/protocol';
import type { SpoolFiles } from './spool.ts';

/** The folder for derived files, inside the uploads' folder. */
export const DERIVED_FOLDER = 'derived';
/** Ending of incomplete files among the uploads. The api removes those that a crash left after a day. */
export const PART_ENDING = '.partial';

/**
 * The paths of a file that is derived from an upload.
 * @param attempt part of the incomplete file's name, because a fenced attempt may still write beside the current one.
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

/** Whether another unfinished task works on the upload. If so, it still needs the upload's derived files. */
export async function isSharedUpload(
  database: Pick<Database, 'task'>,
  { uploadId, taskId }: { uploadId: string; taskId: string },
): Promise<boolean> {
  const other = await database.task.findFirst({
    where: { id: { not: taskId }, status: { notIn: [...TERMINAL_STATUSES] }, uploads: { some: { uploadId } } },
    select: { id: true },
  });
  return other !== null;
}

import type { Database } from '@taskwire/db';
import { TERMINAL_STATUSES } from '@taskwire/protocol';

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

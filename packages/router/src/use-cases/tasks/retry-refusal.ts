import { TaskwireError } from '@taskwire/protocol';
import type { Caller, Ports } from '../../context.ts';
import type { StoredTask } from '../../ports/task-store.ts';
import { checkRetry, checkStoredInput } from './retry-task.ts';

/**
 * Reason for which `retryTask` refuses a task even after its end, in words for its owner. A failed check is reported, not
 * thrown.
 * @returns undefined if no reason is known now.
 */
export async function retryRefusal(ports: Ports, caller: Caller, task: StoredTask): Promise<string | undefined> {
  try {
    if (await hasLostUpload(ports, task)) return 'its file is gone; upload it again';
    await checkRetry(ports, caller, task);
    return undefined;
  } catch (error) {
    if (error instanceof TaskwireError && error.code === 'INVALID_INPUT') return error.message;
    // `retryTask` checks again: the task itself can be shown without this.
    ports.faults.report('whether a task can be done again is not known', { taskId: task.taskId, err: error });
    return undefined;
  }
}

async function hasLostUpload({ uploads, catalog }: Ports, task: StoredTask): Promise<boolean> {
  const ids = catalog.uploadsOf(checkStoredInput(catalog, task)).map(({ uploadId }) => uploadId);
  for (const uploadId of new Set(ids)) if ((await uploads.find(uploadId)) === undefined) return true;
  return false;
}

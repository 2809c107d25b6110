import { TaskwireError } from '@taskwire/protocol';
import { uploadsOf, type TaskRequest } from '@taskwire/tasks';
import type { Caller, Ports } from '../context.ts';

/**
 * Checks that every upload that a request refers to is the caller's.
 * @returns the ids of these uploads, each once.
 * @throws TaskwireError INVALID_INPUT, naming the field, for one that is not.
 */
export async function checkUploads(ports: Ports, caller: Caller, request: TaskRequest): Promise<string[]> {
  const references = uploadsOf(request);
  for (const reference of references) {
    const upload = await ports.uploads.find(reference.uploadId);
    if (upload?.ownerId === caller.userId) continue;
    throw new TaskwireError('INVALID_INPUT', `${reference.path}: there is no such upload among yours`, {
      fields: [{ path: reference.path, message: 'upload the file first: POST /api/v1/uploads' }],
    });
  }
  return [...new Set(references.map(({ uploadId }) => uploadId))];
}

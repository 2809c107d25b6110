import { TaskwireError } from '@taskwire/protocol';
import { uploadsOf, type TaskRequest } from '@taskwire/tasks';
import type { Caller, Ports } from '../context.ts';

/** @throws TaskwireError INVALID_INPUT, naming the field, if the request refers to an upload that is not the caller's. */
export async function checkUploads(ports: Ports, caller: Caller, request: TaskRequest): Promise<void> {
  for (const reference of uploadsOf(request)) {
    const upload = await ports.uploads.find(reference.uploadId);
    if (upload?.ownerId === caller.userId) continue;
    throw new TaskwireError('INVALID_INPUT', `${reference.path}: there is no such upload among yours`, {
      fields: [{ path: reference.path, message: 'upload the file first: POST /api/v1/uploads' }],
    });
  }
}

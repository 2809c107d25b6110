import { TaskwireError } from '@taskwire/protocol';
import { hasSettledEnd, type Ports } from '@taskwire/router';
import type { DocumentStore, StoredDocument } from './document-store.ts';

/**
 * Deletes a document with its chunks and its files. A file stays while another document uses it, an unfinished task, or a
 * task of another kind. If a file cannot be removed after its row, the workers sweep it.
 * @throws TaskwireError CONFLICT while a task reads the document; SERVICE_UNAVAILABLE; then nothing is deleted.
 */
export async function deleteDocument(ports: Ports & { store: DocumentStore }, document: StoredDocument): Promise<void> {
  for (const taskId of await ports.store.readers(document)) {
    const task = await ports.tasks.find(taskId);
    if (task !== undefined && !(await hasSettledEnd(ports, task))) throw beingRead(taskId);
  }
  const { uploadIds } = await ports.store.delete(document.documentId);
  await ports.uploads.deleteUnused(uploadIds).catch((err: unknown) => {
    ports.faults.report('the file of a deleted document could not be removed: a worker sweeps it', { err });
  });
}

function beingRead(taskId: string): TaskwireError {
  const message = `the task ${taskId} reads this document: cancel it (task.cancel) or wait for its end`;
  return new TaskwireError('CONFLICT', message, { fields: [{ path: 'documentId', message }] });
}

import { invalidInput, TaskwireError } from '@taskwire/protocol';
import { callerProcedure, createTask, requireOwned, toTask } from '@taskwire/router';
import { createTaskCatalog, idempotencyKeySchema } from '@taskwire/tasks';
import * as z from 'zod';
import { chunkingFields, documentIngest } from '../../definitions/document-ingest.ts';
import { inTurns, type DocumentServices } from '../document-services.ts';

const catalog = createTaskCatalog([documentIngest]);

const replaceInput = z.object({
  documentId: z.uuid(),
  /** The id that `POST /api/v1/uploads` returned for the new file. */
  uploadId: z.uuid(),
  ...chunkingFields,
  projectId: z.exactOptional(z.uuid()),
  idempotencyKey: z.exactOptional(idempotencyKeySchema),
});

/**
 * Creates the task that replaces a document's file. After the task, the document has the new text under the same id.
 * Until then, search finds the old text.
 */
export function replace(services: DocumentServices) {
  return callerProcedure.input(replaceInput).mutation(async ({ ctx, input: given }) => {
    const { documentId, projectId, idempotencyKey, ...file } = given;
    const { store } = inTurns(services, ctx.ports);
    const document = requireOwned(ctx.caller, await store.find(documentId), 'document');
    const { kind } = documentIngest;
    const task = await createTask(ctx.ports, ctx.caller, {
      kind,
      input: catalog.storedInput(kind, { ...file, replaces: document.documentId }),
      ...(projectId === undefined ? {} : { projectId }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    }).catch((error: unknown) => {
      throw withOwnFields(error);
    });
    return toTask(catalog, task);
  });
}

/** Names the refused fields of the task's input (`input.uploadId`) as fields of this call (`uploadId`). */
function withOwnFields(error: unknown): unknown {
  if (!(error instanceof TaskwireError) || error.code !== 'INVALID_INPUT') return error;
  const fields = error.fields.map(({ path, message }) => ({ path: path.replace(/^input\./, ''), message }));
  return fields.length === 0 ? error : invalidInput(fields, error);
}

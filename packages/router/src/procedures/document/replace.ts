import { invalidInput, TaskwireError } from '@taskwire/protocol';
import { chunkingFields, shippedTasks } from '@taskwire/tasks';
import { createTaskCatalog, idempotencyKeySchema } from '@taskwire/tasks/next';
import * as z from 'zod';
import { toTask } from '../task/to-task.ts';
import { callerProcedure } from '../../trpc.ts';
import { createTask } from '../../use-cases/tasks/create-task.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';

const catalog = createTaskCatalog(shippedTasks);

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
export const replace = callerProcedure.input(replaceInput).mutation(async ({ ctx, input: given }) => {
  const { documentId, projectId, idempotencyKey, ...file } = given;
  const document = requireOwned(ctx.caller, await ctx.ports.documentStore.find(documentId), 'document');
  const kind = 'document.ingest';
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

/** Names the refused fields of the task's input (`input.uploadId`) as fields of this call (`uploadId`). */
function withOwnFields(error: unknown): unknown {
  if (!(error instanceof TaskwireError) || error.code !== 'INVALID_INPUT') return error;
  const fields = error.fields.map(({ path, message }) => ({ path: path.replace(/^input\./, ''), message }));
  return fields.length === 0 ? error : invalidInput(fields, error);
}

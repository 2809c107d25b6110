import { chunkingFields, idempotencyKeySchema, storedInput } from '@taskwire/tasks';
import * as z from 'zod';
import { toTask } from '../task/view.ts';
import { callerProcedure } from '../../trpc.ts';
import { createTask } from '../../use-cases/tasks/create-task.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';

const replaceInput = z.object({
  documentId: z.uuid(),
  /** The file that takes the document's place, by the id that `POST /api/v1/uploads` answered. */
  uploadId: z.uuid(),
  ...chunkingFields,
  projectId: z.exactOptional(z.uuid()),
  idempotencyKey: z.exactOptional(idempotencyKeySchema),
});

/**
 * Creates the task that reads another file in a document's place. Once it is done, the document has the new text under
 * the same id; until then the old text is found.
 */
export const replace = callerProcedure.input(replaceInput).mutation(async ({ ctx, input: given }) => {
  const { documentId, projectId, idempotencyKey, ...file } = given;
  const document = requireOwned(ctx.caller, await ctx.ports.documentStore.find(documentId), 'document');
  const kind = 'document.ingest';
  const task = await createTask(ctx.ports, ctx.caller, {
    kind,
    input: storedInput(kind, { ...file, replaces: document.documentId }),
    ...(projectId === undefined ? {} : { projectId }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
  return toTask(task);
});

import { taskRequestSchema } from '@taskwire/tasks';
import { toTask } from '../../task-view.ts';
import { callerProcedure } from '../../trpc.ts';
import { createTask } from '../../use-cases/create-task.ts';

/** Creates a task: `{ kind, input, projectId?, priority?, idempotencyKey? }`, with `input` by kind. */
export const create = callerProcedure
  .input(taskRequestSchema)
  .mutation(async ({ ctx, input }) => toTask(await createTask(ctx.ports, ctx.caller, input)));

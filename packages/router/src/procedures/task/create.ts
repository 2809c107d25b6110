import { storedInput, taskRequestSchema } from '@taskwire/tasks';
import * as z from 'zod';
import { toTask } from '../../task-view.ts';
import { callerProcedure, middleware } from '../../trpc.ts';
import { createTask } from '../../use-cases/create-task.ts';

const givenSchema = z.object({ input: z.unknown().optional() });

/** Keeps the input of the task as it was given: what a schema makes of it is not always an input again. */
const withGivenInput = middleware(async ({ getRawInput, next }) => {
  const givenInput = givenSchema.safeParse(await getRawInput()).data?.input;
  return next({ ctx: { givenInput } });
});

/** Creates a task: `{ kind, input, projectId?, priority?, idempotencyKey? }`, with `input` by kind. */
export const create = callerProcedure
  .use(withGivenInput)
  .input(taskRequestSchema)
  .mutation(async ({ ctx, input }) => {
    const request = { ...input, input: storedInput(input.kind, ctx.givenInput) };
    return toTask(await createTask(ctx.ports, ctx.caller, request));
  });

import { idempotencyKeySchema, storedInput, taskRequestSchema } from '@taskwire/tasks';
import * as z from 'zod';
import { toTask } from './view.ts';
import { callerProcedure, middleware } from '../../trpc.ts';
import { createTask } from '../../use-cases/tasks/create-task.ts';
import { cancelTask } from '../../use-cases/tasks/cancel-task.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { retryTask } from '../../use-cases/tasks/retry-task.ts';

const givenSchema = z.object({ input: z.unknown().optional() });

/** Keeps the task's input as the caller sent it: the output of a schema may not fit the schema again. */
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

/** Requests a cancel and answers with the task after it. Canceling an ended task changes nothing. */
export const cancel = callerProcedure.input(z.object({ taskId: z.uuid() })).mutation(async ({ ctx, input }) => {
  const task = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
  await cancelTask(ctx.ports, ctx.caller, task);
  return toTask(requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task'));
});

const retryInput = z.object({
  taskId: z.uuid(),
  /** A second retry with the same key answers with the task of the first. */
  idempotencyKey: z.exactOptional(idempotencyKeySchema),
});

/** Repeats an ended task. Answers with the new task, whose `retryOf` names the old one. */
export const retry = callerProcedure.input(retryInput).mutation(async ({ ctx, input }) => {
  const earlier = requireOwned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
  return toTask(await retryTask(ctx.ports, ctx.caller, { earlier, idempotencyKey: input.idempotencyKey }));
});

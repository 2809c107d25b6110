import type { AnyTaskDefinition, TaskCatalog, TaskRequestInput } from '@taskwire/tasks';
import * as z from 'zod';
import type { Mutation } from '../../procedure-types.ts';
import { callerProcedure, middleware } from '../../trpc.ts';
import { createTask } from '../../use-cases/tasks/create-task.ts';
import type { CatalogTask } from './task.ts';
import { toTask } from './to-task.ts';
import { withInput } from './type-assertions.ts';

const givenSchema = z.object({ input: z.unknown().optional() });

/** Keeps the task's input as the caller sent it: the output of a schema may not fit the schema again. */
const withGivenInput = middleware(async ({ getRawInput, next }) => {
  const givenInput = givenSchema.safeParse(await getRawInput()).data?.input;
  return next({ ctx: { givenInput } });
});

/** Creates a task: `{ kind, input, projectId?, priority?, idempotencyKey? }`, with `input` by kind. */
export function create<Definition extends AnyTaskDefinition>(
  catalog: TaskCatalog<Definition>,
): Mutation<TaskRequestInput<Definition>, CatalogTask<Definition>> {
  const procedure = callerProcedure
    .use(withGivenInput)
    .input(catalog.requestSchema)
    .mutation(async ({ ctx, input: request }) => {
      const input = catalog.storedInput(request.kind, ctx.givenInput);
      return toTask(catalog, await createTask(ctx.ports, ctx.caller, { ...request, input }));
    });
  return withInput<TaskRequestInput<Definition>, CatalogTask<Definition>>(procedure);
}

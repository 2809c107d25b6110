import { TaskwireError } from '@taskwire/protocol';
import type { AnyTaskDefinition, TaskCatalog, TaskRequest, TaskRequestInput } from '@taskwire/tasks';
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
    .input((given: unknown) => checkedRequest(catalog, given))
    .mutation(async ({ ctx, input: request }) => {
      const input = catalog.storedInput(request.kind, ctx.givenInput);
      return toTask(catalog, await createTask(ctx.ports, ctx.caller, { ...request, input }));
    });
  return withInput<TaskRequestInput<Definition>, CatalogTask<Definition>>(procedure);
}

/**
 * @throws ZodError naming the refused fields. TaskwireError INTERNAL if a check of the kind itself fails, such as a `refine`
 * that throws or waits: tRPC would send the message of that error to the caller.
 */
function checkedRequest<Definition extends AnyTaskDefinition>(
  { requestSchema }: TaskCatalog<Definition>,
  given: unknown,
): TaskRequest<Definition> {
  let check: z.ZodSafeParseResult<TaskRequest<Definition>>;
  try {
    check = requestSchema.safeParse(given);
  } catch (cause) {
    throw new TaskwireError('INTERNAL', 'the check of the input failed on the server', { cause });
  }
  if (check.success) return check.data;
  throw check.error;
}

import { fieldErrorText, fieldErrors } from '@taskwire/protocol';
import type { AppRouter, KindTask as Task } from '@taskwire/router';
import { taskRequestSchema, type TaskKind, type TaskRequestInput } from '@taskwire/tasks';
import type { TRPCClient } from '@trpc/client';
import { TaskwireClientError } from './errors/client-error.ts';
import { taskOfKind } from './typed.ts';

/**
 * Creates a task. The request is checked before it is sent, so a wrong one costs no round trip.
 * @throws TaskwireClientError INVALID_INPUT, naming the fields.
 */
export async function createTask<Kind extends TaskKind>(
  trpc: TRPCClient<AppRouter>,
  request: TaskRequestInput<Kind>,
): Promise<Task<Kind>> {
  return taskOfKind<Kind>(request.kind, await trpc.task.create.mutate(parseTaskRequest(request)));
}

/**
 * Checks a request from an untyped source, such as a command line or a file. The request stays unchanged: the server
 * applies the defaults and transforms of its kind's schema.
 * @throws TaskwireClientError INVALID_INPUT, naming the fields.
 */
export function parseTaskRequest(request: unknown): TaskRequestInput {
  if (isTaskRequest(request)) return request;
  const { error } = taskRequestSchema.safeParse(request);
  const fields = error === undefined ? [] : fieldErrors(error);
  throw new TaskwireClientError('INVALID_INPUT', fieldErrorText(fields), { fields, cause: error });
}

function isTaskRequest(request: unknown): request is TaskRequestInput {
  return taskRequestSchema.safeParse(request).success;
}

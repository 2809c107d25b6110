import { identityProblem } from '@taskwire/protocol';
import * as z from 'zod';

/** Smallest and largest time limit (ms) in a request: a second, a week. */
const TIMEOUT_MS = { least: 1_000, most: 7 * 24 * 60 * 60 * 1_000 };

/** Key that identifies a request, so that a repeated request is recognized. */
export const idempotencyKeySchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .superRefine((key, context) => {
    const message = identityProblem(key);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** Fields of every request beside `kind` and `input`. */
const requestOptions = {
  /** The project that the task belongs to; the caller's default project if absent. */
  projectId: z.exactOptional(z.uuid()),
  /** 1 runs first, 10 last; 5 if absent. */
  priority: z.exactOptional(z.int().min(1).max(10)),
  /** Key of the request: a second create with it is answered with the first task. */
  idempotencyKey: z.exactOptional(idempotencyKeySchema),
  /** Longest time (ms) of the task from its first start on; the kind's own limit if absent. */
  timeoutMs: z.exactOptional(z.int().min(TIMEOUT_MS.least).max(TIMEOUT_MS.most)),
};

/** Input schema of `task.create` for one kind. */
export function requestSchema<Kind extends string, Input extends z.ZodType>(kind: Kind, input: Input) {
  return z.object({ kind: z.literal(kind), input, ...requestOptions });
}

import { identityProblem } from '@taskwire/protocol';
import * as z from 'zod';

/** The least and the most (ms) that a request may give a task: a second, a week. */
const TIMEOUT_MS = { least: 1_000, most: 7 * 24 * 60 * 60 * 1_000 };

/** Names a request, so that a repeated one is known by it. */
export const idempotencyKeySchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .superRefine((key, context) => {
    const message = identityProblem(key);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** What may stand beside `kind` and `input` in every request. */
const requestOptions = {
  /** The project that the task belongs to; the caller's default project if absent. */
  projectId: z.exactOptional(z.uuid()),
  /** 1 runs first, 10 last; 5 if absent. */
  priority: z.exactOptional(z.int().min(1).max(10)),
  /** A second create with the same key answers with the first one's task. */
  idempotencyKey: z.exactOptional(idempotencyKeySchema),
  /** How long (ms) the task may take, from its first start on; the kind's own limit if absent. */
  timeoutMs: z.exactOptional(z.int().min(TIMEOUT_MS.least).max(TIMEOUT_MS.most)),
};

/** What `task.create` takes for one kind. */
export function requestSchema<Kind extends string, Input extends z.ZodType>(kind: Kind, input: Input) {
  return z.object({ kind: z.literal(kind), input, ...requestOptions });
}

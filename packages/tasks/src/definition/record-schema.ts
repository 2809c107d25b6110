import * as z from 'zod';

/** Schema of a stored task of a kind: its checked input and, once it is done, its output. */
export function recordSchema<Kind extends string, Input extends z.ZodType, Output extends z.ZodType>(
  kind: Kind,
  schemas: { input: Input; output: Output },
) {
  return z.object({ kind: z.literal(kind), input: schemas.input, output: z.exactOptional(schemas.output) });
}

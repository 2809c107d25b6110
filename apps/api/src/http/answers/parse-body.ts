import { fieldErrors, invalidInput } from '@taskwire/protocol';
import type * as z from 'zod';

/** A request's JSON body, checked. @throws TaskwireError INVALID_INPUT naming each refused field. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = fieldErrors(parsed.error, { whole: '(body)' });
  const remedy = 'send JSON with "Content-Type: application/json"';
  throw invalidInput(body === undefined ? fields.map(({ path }) => ({ path, message: remedy })) : fields);
}

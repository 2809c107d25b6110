import { TaskwireError } from '@taskwire/protocol';
import type * as z from 'zod';

/** A request's JSON body, checked. @throws TaskwireError INVALID_INPUT naming each refused field. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.') || '(body)',
    message: body === undefined ? 'send JSON with "Content-Type: application/json"' : issue.message,
  }));
  const message = fields.map((field) => `${field.path}: ${field.message}`).join('; ');
  throw new TaskwireError('INVALID_INPUT', message, { fields });
}

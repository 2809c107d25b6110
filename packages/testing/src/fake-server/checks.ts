import { fieldErrors, fieldErrorText, TaskwireError } from '@taskwire/protocol';
import type { AnyTaskDefinition } from '@taskwire/tasks';

/** The place of a value in a kind: `output`, `channels.preview`. */
interface ValuePlace {
  kind: string;
  place: string;
}

/** @throws TaskwireError INVALID_INPUT, naming the kind and the path of each field that the schema refuses. */
export function checkValue(schema: AnyTaskDefinition['output'], value: unknown, { kind, place }: ValuePlace): void {
  const { error } = schema.safeParse(value);
  if (error === undefined) return;
  const fields = fieldErrors(error, { root: place });
  throw new TaskwireError('INVALID_INPUT', `${kind}: ${fieldErrorText(fields)}`, { fields, cause: error });
}

/** An error for a name that a kind does not have, with the names that it has: `… ; its stages: "decode", "resize"`. */
export function unknownName(problem: string, role: string, known: readonly string[]): Error {
  const names = known.length === 0 ? 'none' : known.map((name) => `"${name}"`).join(', ');
  return new Error(`${problem}; its ${role}: ${names}`);
}

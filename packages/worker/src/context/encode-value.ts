import {
  LONGEST_CHANNEL_VALUE,
  longestItem,
  fieldErrorText,
  fieldErrors,
  findTextProblem,
  type FieldError,
} from '@taskwire/protocol';
import { storedForm, type ChannelDefinition, type JsonValue } from '@taskwire/tasks';
import type * as z from 'zod';
import { PermanentTaskError } from '../task-error.ts';
import { findValueProblem } from './value-problem.ts';

/** A value of a handler in the form in which it is stored, and as each reader of that form gets it. */
export interface EncodedValue {
  stored: JsonValue;
  read: unknown;
}

/** The reason for which a value cannot be stored, and the fields that are meant. */
class UnfitValue {
  readonly message: string;

  constructor(fault: string, fields: readonly FieldError[]) {
    this.message = `${fault}: ${fieldErrorText(fields)}`;
  }
}

/**
 * Encodes a result of a handler or a stage.
 * @param what the value, for the message: `the task's result`.
 * @throws PermanentTaskError OUTPUT_INVALID naming each field that does not fit the schema, or that JSON cannot hold.
 */
export function encodeResult(schema: z.ZodType, given: unknown, what: string): EncodedValue {
  const encoded = encodeValue(schema, given, 'result');
  if (encoded instanceof UnfitValue) throw new PermanentTaskError('OUTPUT_INVALID', `${what} ${encoded.message}`);
  return encoded;
}

/**
 * Encodes a value that a handler sends to a channel.
 * @throws TypeError naming the channel and the field, if the value does not fit the channel's schema, if JSON cannot hold
 * it, or if its JSON is longer than `LONGEST_CHANNEL_VALUE`; an item of a list, than `longestItem`.
 */
export function encodeChannelValue(channel: string, definition: ChannelDefinition, given: unknown): JsonValue {
  const encoded = encodeValue(definition.value, given, 'value');
  if (encoded instanceof UnfitValue) throw new TypeError(`channel "${channel}": the value ${encoded.message}`);
  const { stored } = encoded;
  const { length } = JSON.stringify(stored);
  const limit = definition.mode === 'list' ? longestItem(definition.keep) : LONGEST_CHANNEL_VALUE;
  if (length > limit) {
    const most = limit.toLocaleString('en');
    throw new TypeError(
      `channel "${channel}": the JSON of the value has ${length} characters; send at most ${most}, or the address of a file`,
    );
  }
  return stored;
}

/** Each value that a handler gives is encoded here. */
function encodeValue(schema: z.ZodType, given: unknown, root: string): EncodedValue | UnfitValue {
  const parsed = schema.safeParse(given);
  if (!parsed.success) return new UnfitValue('does not fit its schema', fieldErrors(parsed.error, { root }));
  const unstorable = findValueProblem({ given, parsed: parsed.data }, root);
  if (unstorable !== undefined) return new UnfitValue('cannot be stored', [unstorable]);
  // Written as JSON once: a getter may return another value each time.
  const stored = storedForm(schema, given);
  const problem = findTextProblem(stored, root);
  if (problem !== undefined) return new UnfitValue('cannot be stored', [problem]);
  return { stored, read: schema.parse(stored) };
}

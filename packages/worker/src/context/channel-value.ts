import {
  LONGEST_CHANNEL_VALUE,
  fieldErrorText,
  fieldErrors,
  findTextProblem,
  type DataValue,
  type FieldError,
} from '@taskwire/protocol';
import { storedForm, type ChannelDefinition } from '@taskwire/tasks/next';

/**
 * A value that a handler sends to a channel, in the form in which it is stored.
 * @param channel the channel's name, for the message.
 * @throws TypeError naming the channel and the field, if the value does not fit the channel's schema, if JSON cannot hold
 * it, or if its JSON is longer than `LONGEST_CHANNEL_VALUE`.
 */
export function channelValue(channel: string, { value: schema }: ChannelDefinition, given: unknown): DataValue {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw refusal(channel, 'does not fit its schema', fieldErrors(parsed.error, { root: 'value' }));
  // Written as JSON once: a getter may return another value each time.
  const stored = storedForm(schema, given);
  const problem = findTextProblem(stored, 'value');
  if (problem !== undefined) throw refusal(channel, 'cannot be stored', [problem]);
  const { length } = JSON.stringify(stored);
  if (length > LONGEST_CHANNEL_VALUE) {
    const limit = LONGEST_CHANNEL_VALUE.toLocaleString('en');
    throw new TypeError(
      `channel "${channel}": the JSON of the value has ${length} characters; send at most ${limit}, or the address of a file`,
    );
  }
  return stored;
}

function refusal(channel: string, fault: string, fields: readonly FieldError[]): TypeError {
  return new TypeError(`channel "${channel}": the value ${fault}: ${fieldErrorText(fields)}`);
}

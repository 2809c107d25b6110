import * as z from 'zod';
import { base, fromSeq } from './event-base.ts';

/** Longest value of a channel: the length of its JSON, in UTF-16 units. */
export const LONGEST_CHANNEL_VALUE = 65_536;

/** Largest number of items that the state keeps of a `list` channel. */
export const MOST_KEPT_ITEMS = 1_000;

/** Largest index of a value in a list: numbers up to twice as large are exact. */
const LARGEST_INDEX = 2 ** 52;

/** A channel's name. `__proto__` is refused, because it is no ordinary key of an object. */
export const channelNameSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => name !== '__proto__', 'must not be __proto__');

/** Value that JSON can hold: any but undefined. */
export type DataValue = string | number | boolean | object | null;

const addressed = { ...base, fromSeq, type: z.literal('data'), channel: channelNameSchema };

/** Fields of both forms of a `data` event. `value` belongs to a `latest` channel; the others to a `list`. */
const fieldsSchema = z.object({
  ...addressed,
  value: z.exactOptional(z.custom<DataValue>((value) => value !== undefined, 'is missing')),
  keep: z.exactOptional(z.int().min(1).max(MOST_KEPT_ITEMS)),
  index: z.exactOptional(z.int().nonnegative().max(LARGEST_INDEX)),
  values: z.exactOptional(z.array(z.unknown())),
});

/** The value of a `latest` channel. It replaces the one before. */
interface LatestForm {
  value: DataValue;
}

/** Values of a `list` channel. */
interface ListForm {
  /** Number of last values that the state keeps. */
  keep: number;
  /** Place of the first of `values` in the whole list. The values from there on are replaced. */
  index: number;
  values: unknown[];
}

type Addressed = z.infer<z.ZodObject<typeof addressed>>;
export interface LatestDataEvent extends Addressed, LatestForm {}
export interface ListDataEvent extends Addressed, ListForm {}
export type DataEvent = LatestDataEvent | ListDataEvent;

type FormFields = Partial<LatestForm> & Partial<ListForm>;

/** Gives the fields one of the two forms. An event without one whole form does not fit. */
function oneForm<Fields extends FormFields>(
  fields: Fields,
  context: z.RefinementCtx,
): Omit<Fields, keyof FormFields> & (LatestForm | ListForm) {
  const { value, keep, index, values, ...rest } = fields;
  if (keep === undefined && index === undefined && values === undefined) {
    return value === undefined ? missing('value', context) : { ...rest, value };
  }
  if (keep === undefined) return missing('keep', context);
  if (index === undefined) return missing('index', context);
  return values === undefined ? missing('values', context) : { ...rest, keep, index, values };
}

function missing(field: keyof FormFields, context: z.RefinementCtx): never {
  context.addIssue({ code: 'custom', path: [field], message: 'is missing' });
  return z.NEVER;
}

export const dataEventSchema = fieldsSchema.transform((fields, context): DataEvent => oneForm(fields, context));

/** Fields of a `data` event that a writer gives. */
export const dataDraftSchema = fieldsSchema
  .omit({ taskId: true, projectId: true, seq: true, attempt: true, at: true, fromSeq: true })
  .transform(oneForm);

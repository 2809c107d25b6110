import { base, fromSeq } from './event-base.ts';
import {
  INVALID,
  Schema,
  anything,
  listOf,
  literal,
  object,
  optional,
  text,
  wholeNumber,
  type Faults,
  type ObjectOf,
} from '../schemas/index.ts';

/** Longest value of a channel: the length of its JSON, in UTF-16 units. */
export const LONGEST_CHANNEL_VALUE = 65_536;

/** Largest number of items that the state keeps of a `list` channel. */
export const MOST_KEPT_ITEMS = 1_000;

/** Most characters of the kept items of one list: each task's state holds them. */
const LONGEST_KEPT_LIST = 4 * 1_024 * 1_024;

/** Longest JSON (characters) of one item of a list that keeps this many. */
export function longestItem(keep: number): number {
  return Math.min(LONGEST_CHANNEL_VALUE, Math.floor(LONGEST_KEPT_LIST / keep));
}

/** Largest index of a value in a list: numbers up to twice as large are exact. */
const LARGEST_INDEX = 2 ** 52;

/** A channel's name. `__proto__` is refused, because it is no ordinary key of an object. */
export const channelNameSchema = new Schema<string>((value, faults) =>
  value === '__proto__' ? faults.add('must not be __proto__') : nameSchema.read(value, faults),
);
const nameSchema = text({ min: 1, max: 200 });

/** Value that JSON can hold: any but undefined. */
export type DataValue = string | number | boolean | object | null;

const dataValueSchema = new Schema<DataValue>((value, faults) =>
  isDataValue(value) ? value : faults.add('is missing'),
);

/** `undefined` alone is no value; JSON leaves functions out, which the writer checks. */
function isDataValue(value: unknown): value is DataValue {
  return value !== undefined;
}

const addressed = { ...base, fromSeq, type: literal('data'), channel: channelNameSchema };

/** Fields of both forms of a `data` event. `value` belongs to a `latest` channel; the others to a `list`. */
const fieldsSchema = object({
  ...addressed,
  value: optional(dataValueSchema),
  keep: optional(wholeNumber({ min: 1, max: MOST_KEPT_ITEMS })),
  index: optional(wholeNumber({ min: 0, max: LARGEST_INDEX })),
  values: optional(listOf(anything)),
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

type Addressed = ObjectOf<typeof addressed>;
export interface LatestDataEvent extends Addressed, LatestForm {}
export interface ListDataEvent extends Addressed, ListForm {}
export type DataEvent = LatestDataEvent | ListDataEvent;

type FormFields = Partial<LatestForm> & Partial<ListForm>;

/** Gives the fields one of the two forms. An event without one whole form does not fit. */
function oneForm<Fields extends FormFields>(
  fields: Fields,
  faults: Faults,
): (Omit<Fields, keyof FormFields> & (LatestForm | ListForm)) | typeof INVALID {
  const { value, keep, index, values, ...rest } = fields;
  if (keep === undefined && index === undefined && values === undefined) {
    return value === undefined ? missing('value', faults) : { ...rest, value };
  }
  if (keep === undefined) return missing('keep', faults);
  if (index === undefined) return missing('index', faults);
  return values === undefined ? missing('values', faults) : { ...rest, keep, index, values };
}

function missing(field: keyof FormFields, faults: Faults): typeof INVALID {
  return faults.add('is missing', field);
}

export const dataEventSchema = new Schema<DataEvent>((given, faults) => {
  const fields = fieldsSchema.read(given, faults);
  return fields === INVALID ? INVALID : oneForm(fields, faults);
});

const draftFieldsSchema = fieldsSchema.omit('taskId', 'projectId', 'seq', 'attempt', 'at', 'fromSeq');

/** Fields of a `data` event that a writer gives. */
export const dataDraftSchema = new Schema((given, faults) => {
  const fields = draftFieldsSchema.read(given, faults);
  return fields === INVALID ? INVALID : oneForm(fields, faults);
});

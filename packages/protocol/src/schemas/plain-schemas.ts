import { INVALID, Schema } from './schema.ts';

interface TextRules {
  /** Smallest and largest length, in UTF-16 units. */
  min?: number;
  max?: number;
  pattern?: RegExp;
}

/** A text. */
export function text({ min = 0, max = Infinity, pattern }: TextRules = {}): Schema<string> {
  return new Schema((value, faults) => {
    if (typeof value !== 'string') return faults.add('must be a text');
    if (value.length < min) return faults.add('must not be empty');
    if (value.length > max) return faults.add(`must have at most ${max} characters`);
    return pattern?.test(value) === false ? faults.add(`must match ${String(pattern)}`) : value;
  });
}

interface NumberRules {
  min?: number;
  max?: number;
  /** The number is larger than this. */
  above?: number;
}

/** A number that JSON can hold. */
export function number({ min = -Infinity, max = Infinity, above = -Infinity }: NumberRules = {}): Schema<number> {
  return new Schema((value, faults) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return faults.add('must be a number');
    if (value < min) return faults.add(`must be at least ${min}`);
    if (value > max) return faults.add(`must be at most ${max}`);
    return value > above ? value : faults.add(`must be above ${above}`);
  });
}

/** A whole number that a double holds exactly. */
export function wholeNumber(rules: NumberRules = {}): Schema<number> {
  const ofRange = number(rules);
  return new Schema((value, faults) =>
    Number.isSafeInteger(value) ? ofRange.read(value, faults) : faults.add('must be a whole number'),
  );
}

/** One of some texts. */
export function oneOf<const Options extends readonly string[]>(options: Options): Schema<Options[number]> {
  return new Schema((value, faults) => {
    const option = options.find((each) => each === value);
    return option ?? faults.add(`must be one of ${options.join(', ')}`);
  });
}

/** One certain value. */
export function literal<const Value extends string | true>(only: Value): Schema<Value> {
  return new Schema((value, faults) => (value === only ? only : faults.add(`must be ${String(only)}`)));
}

/** Any value. */
export const anything = new Schema<unknown>((value) => value);

/** A list of values that fit a schema. */
export function listOf<Item>(item: Schema<Item>): Schema<Item[]> {
  return new Schema((value, faults) => {
    if (!Array.isArray(value)) return faults.add('must be a list');
    const given: readonly unknown[] = value;
    const items: Item[] = [];
    for (const [index, each] of given.entries()) {
      const read = item.read(each, faults);
      if (read === INVALID) return faults.within(index);
      items.push(read);
    }
    return items;
  });
}

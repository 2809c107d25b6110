import { Faults, INVALID, Schema } from './schema.ts';

/** The schema of a field that may be missing. The field is not `undefined` in its place. */
export class OptionalSchema<Value> extends Schema<Value> {
  readonly isOptional = true;
}

export function optional<Value>({ read }: Schema<Value>): OptionalSchema<Value> {
  return new OptionalSchema(read);
}

/** A field of an earlier or later version: if it does not fit, it is `undefined`. */
export function recoverable<Value>({ read }: Schema<Value>): OptionalSchema<Value | undefined> {
  return new OptionalSchema((value) => {
    const field = read(value, new Faults());
    return field === INVALID ? undefined : field;
  });
}

/** The schemas of an object's fields. */
export type Shape = Readonly<Record<string, Schema<unknown>>>;

type OptionalName<Fields extends Shape> = {
  [Name in keyof Fields]: Fields[Name] extends OptionalSchema<unknown> ? Name : never;
}[keyof Fields];

/** The type of the values that fit a schema. */
export type ValueOf<Field> = Field extends Schema<infer Value> ? Value : never;

/** The type of an object with these fields. */
export type ObjectOf<Fields extends Shape> = {
  -readonly [Name in Exclude<keyof Fields, OptionalName<Fields>>]: ValueOf<Fields[Name]>;
} & { -readonly [Name in OptionalName<Fields>]?: ValueOf<Fields[Name]> } extends infer Object
  ? { [Name in keyof Object]: Object[Name] }
  : never;

/** The type of the values that fit one of some schemas. */
export type VariantOf<Variants extends Shape> = ValueOf<Variants[keyof Variants]>;

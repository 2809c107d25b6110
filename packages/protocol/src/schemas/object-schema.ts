import { OptionalSchema, type ObjectOf, type Shape, type VariantOf } from './object-types.ts';
import { INVALID, Schema } from './schema.ts';
import { builtObject, schemasByType, withoutFields } from './type-assertions.ts';

/** An object with certain fields; others are left out. */
export class ObjectSchema<Fields extends Shape> extends Schema<ObjectOf<Fields>> {
  readonly shape: Fields;

  constructor(shape: Fields) {
    const fields = Object.entries(shape).map(([name, schema]) => ({ name, schema, mayMiss: mayMiss(schema) }));
    super((value, faults) => {
      if (!isObject(value)) return faults.add('must be an object');
      const read: Record<string, unknown> = {};
      for (const { name, schema, mayMiss: isOptional } of fields) {
        const given = value[name];
        if (given === undefined && !(name in value)) {
          if (isOptional) continue;
          return faults.add('is missing', name);
        }
        const field = schema.read(given, faults);
        if (field === INVALID) return faults.within(name);
        read[name] = field;
      }
      return builtObject<Fields>(read);
    });
    this.shape = shape;
  }

  /** The same object without some fields. */
  omit<Name extends keyof Fields & string>(...names: readonly Name[]): ObjectSchema<Omit<Fields, Name>> {
    return new ObjectSchema(withoutFields<Fields, Name>(this.shape, names));
  }
}

export function object<Fields extends Shape>(shape: Fields): ObjectSchema<Fields> {
  return new ObjectSchema(shape);
}

/** An object whose fields have any names, and values that fit a schema. A field `__proto__` is left out. */
export function recordOf<Value>(schema: Schema<Value>): Schema<Record<string, Value>> {
  return new Schema((value, faults) => {
    if (!isObject(value)) return faults.add('must be an object');
    const read: Record<string, Value> = {};
    for (const [name, given] of Object.entries(value)) {
      if (name === '__proto__') continue;
      const field = schema.read(given, faults);
      if (field === INVALID) return faults.within(name);
      read[name] = field;
    }
    return read;
  });
}

/** Objects that differ by their field `type`. */
export class VariantsSchema<Variants extends Shape> extends Schema<VariantOf<Variants>> {
  /** The schema of each type. */
  readonly variants: Variants;

  constructor(variants: Variants) {
    const byType = schemasByType(variants);
    super((value, faults) => {
      if (!isObject(value)) return faults.add('must be an object');
      const variant = byType.get(value['type']);
      return variant?.read(value, faults) ?? faults.add(`must be one of ${[...byType.keys()].join(', ')}`, 'type');
    });
    this.variants = variants;
  }
}

/** Objects that differ by their field `type`, by the name of each type. */
export function variants<Variants extends Shape>(byType: Variants): VariantsSchema<Variants> {
  return new VariantsSchema(byType);
}

function mayMiss(schema: Schema<unknown>): boolean {
  return schema instanceof OptionalSchema;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

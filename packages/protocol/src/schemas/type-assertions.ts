import type { ObjectOf, Shape, VariantOf } from './object-types.ts';
import type { Schema } from './schema.ts';

/** An object whose fields have been checked by the schemas of a shape. */
export function builtObject<Fields extends Shape>(fields: Record<string, unknown>): ObjectOf<Fields> {
  return fields as ObjectOf<Fields>;
}

/** A shape without some of its fields. */
export function withoutFields<Fields extends Shape, Name extends keyof Fields & string>(
  shape: Fields,
  names: readonly Name[],
): Omit<Fields, Name> {
  const left: readonly string[] = names;
  return Object.fromEntries(Object.entries(shape).filter(([name]) => !left.includes(name))) as unknown as Omit<
    Fields,
    Name
  >;
}

/** Schemas by the types of their objects. The value of each is one of the variants. */
export function schemasByType<Variants extends Shape>(variants: Variants): Map<unknown, Schema<VariantOf<Variants>>> {
  return new Map(Object.entries(variants)) as Map<unknown, Schema<VariantOf<Variants>>>;
}
